#include "logfmt.hpp"

#include <algorithm>

#include "pinrelay/core/utf8.hpp"

namespace pinrelay::app {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

void append_escaped(std::string& line, unsigned char byte) {
    line += "\\x";
    line += hex_digits[byte >> 4];
    line += hex_digits[byte & 0xf];
}

void append_quoted(std::string& line, std::string_view text) {
    line += '"';
    while (!text.empty()) {
        const std::size_t length = printable_length(text);
        if (length == 0) {
            append_escaped(line, static_cast<unsigned char>(text.front()));
        } else {
            if (text.front() == '"' || text.front() == '\\') line += '\\';
            line += text.substr(0, length);
        }
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    line += '"';
}

bool is_bare(std::string_view text) {
    if (text.empty() || text.find_first_of(" \"=\\") != std::string_view::npos) return false;
    while (!text.empty()) {
        const std::size_t length = printable_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

}  // namespace

std::string logfmt(std::string_view sentence, std::initializer_list<LogField> fields) {
    std::string line = "msg=";
    append_quoted(line, sentence);
    for (const auto& [key, value] : fields) {
        line += ' ';
        line += key;
        line += '=';
        if (is_bare(value)) {
            line += value;
        } else {
            append_quoted(line, value);
        }
    }
    return line;
}

}  // namespace pinrelay::app
