#include "logfmt.hpp"

#include <algorithm>

namespace pinrelay::app {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

bool is_control(unsigned char c) { return c < 0x20 || c == 0x7f; }

void append_quoted(std::string& line, std::string_view text) {
    line += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            line += '\\';
            line += c;
        } else if (is_control(byte)) {
            line += "\\x";
            line += hex_digits[byte >> 4];
            line += hex_digits[byte & 0xf];
        } else {
            line += c;
        }
    }
    line += '"';
}

bool is_bare(std::string_view text) {
    return !text.empty() && std::none_of(text.begin(), text.end(), [](char c) {
        return c == ' ' || c == '"' || c == '=' || c == '\\' || is_control(static_cast<unsigned char>(c));
    });
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
