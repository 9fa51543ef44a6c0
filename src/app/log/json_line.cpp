#include "json_line.hpp"

#include <algorithm>
#include <array>

#include "pinrelay/core/json_text.hpp"
#include "pinrelay/core/utf8.hpp"

namespace pinrelay::app {
namespace {

constexpr std::array<std::string_view, 3> own_names = {"time", "level", "message"};

// The number of a character that takes one to three bytes.
unsigned code_point(std::string_view character) {
    constexpr unsigned payload_bits = 6;
    constexpr unsigned payload = 0x3F;
    constexpr std::array<unsigned, 4> lead = {0, 0x7F, 0x1F, 0x0F};
    unsigned code = static_cast<unsigned char>(character.front()) & lead.at(character.size());
    for (const char c : character.substr(1)) code = code << payload_bits | (static_cast<unsigned char>(c) & payload);
    return code;
}

void append_escape(std::string& line, unsigned code) {
    constexpr std::string_view hex = "0123456789abcdef";
    line += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) line += hex[code >> shift & 0xF];
}

// JSON leaves DEL, C1 controls and the separators of lines as they are; a log does not.
void append_text(std::string& line, std::string_view text) {
    std::string json;
    append_json_text(json, text);
    for (std::string_view rest = json; !rest.empty();) {
        const std::size_t length = std::max<std::size_t>(utf8_length(rest), 1);
        if (printable_length(rest) == 0)
            append_escape(line, code_point(rest.substr(0, length)));
        else
            line += rest.substr(0, length);
        rest.remove_prefix(length);
    }
}

}  // namespace

std::string json_members(std::string_view sentence, std::initializer_list<LogField> fields) {
    std::string line = "\"message\":";
    append_text(line, sentence);
    for (const auto& [key, value] : fields) {
        const bool is_taken = std::ranges::find(own_names, key) != own_names.end();
        line += ',';
        append_text(line, is_taken ? std::string(key) + "_" : std::string(key));
        line += ':';
        append_text(line, value);
    }
    return line;
}

}  // namespace pinrelay::app
