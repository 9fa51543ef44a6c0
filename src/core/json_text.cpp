#include "pinrelay/core/json_text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "pinrelay/core/eight_bytes.hpp"
#include "pinrelay/core/utf8.hpp"

namespace pinrelay {

namespace {

constexpr unsigned char first_printable = 0x20;
constexpr unsigned char first_beyond_ascii = 0x80;
constexpr std::string_view replacement_character = "\xEF\xBF\xBD";

// What stands behind a backslash for bytes that have a short escape; '\0' for the others.
constexpr char short_escape(char c) noexcept {
    switch (c) {
        case '"': return '"';
        case '\\': return '\\';
        case '\b': return 'b';
        case '\f': return 'f';
        case '\n': return 'n';
        case '\r': return 'r';
        case '\t': return 't';
        default: return '\0';
    }
}

void append_escaped(std::string& out, char c) {
    constexpr std::string_view hex = "0123456789abcdef";
    if (const char escape = short_escape(c)) {
        out += '\\';
        out += escape;
        return;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += "\\u00";
    out += hex[byte >> 4];
    out += hex[byte & 0x0F];
}

// The bytes that stand for themselves.
constexpr auto plain_bytes = [] {
    std::array<bool, 256> plain{};
    for (std::size_t byte = first_printable; byte < first_beyond_ascii; ++byte)
        plain[byte] = byte != '"' && byte != '\\';
    return plain;
}();

bool is_plain(char c) noexcept { return plain_bytes[static_cast<unsigned char>(c)]; }

// Not beyond ASCII, and nothing to escape. It may take a plain byte for another one, never the other way round.
bool all_plain(std::uint64_t bytes) noexcept {
    return ((bytes & eight_bytes::highest_bits) | eight_bytes::below(bytes, first_printable) |
            eight_bytes::equal(bytes, '"') | eight_bytes::equal(bytes, '\\')) == 0;
}

std::size_t plain_length(std::string_view text) noexcept {
    std::size_t length = 0;
    for (std::uint64_t bytes = 0; length + sizeof bytes <= text.size(); length += sizeof bytes) {
        std::memcpy(&bytes, text.data() + length, sizeof bytes);
        if (!all_plain(bytes)) break;
    }
    while (length < text.size() && is_plain(text[length])) ++length;
    return length;
}

// In one piece: nearly all texts are plain.
void append_plain(std::string& out, std::string_view text) {
    const std::size_t begin = out.size();
    out.resize(begin + text.size() + 2, '"');
    std::copy(text.begin(), text.end(), out.begin() + static_cast<std::ptrdiff_t>(begin) + 1);
}

}  // namespace

void append_json_text(std::string& out, std::string_view text) {
    std::size_t plain = plain_length(text);
    if (plain == text.size()) return append_plain(out, text);
    out += '"';
    for (; !text.empty(); plain = plain_length(text)) {
        out += text.substr(0, plain);
        text.remove_prefix(plain);
        if (text.empty()) break;

        if (static_cast<unsigned char>(text.front()) < first_beyond_ascii) {
            append_escaped(out, text.front());
            text.remove_prefix(1);
            continue;
        }
        const std::size_t length = utf8_length(text);
        out += length == 0 ? replacement_character : text.substr(0, length);
        text.remove_prefix(length == 0 ? 1 : length);
    }
    out += '"';
}

}  // namespace pinrelay
