#pragma once

#include <array>
#include <string_view>

namespace pinrelay::http {

// Classes of bytes in RFC 9110 and 9112. A table makes the test one load for each byte of a header.
enum CharClass : unsigned char { TokenChar = 1, VisibleAscii = 2, FieldValueChar = 4, Digit = 8, HostChar = 16 };

constexpr std::array<unsigned char, 256> make_char_classes() {
    std::array<unsigned char, 256> table{};
    for (int c = 0x21; c <= 0x7e; ++c) table[c] |= VisibleAscii | FieldValueChar;
    for (int c = 0x80; c <= 0xff; ++c) table[c] |= FieldValueChar;
    table[' '] |= FieldValueChar;
    table['\t'] |= FieldValueChar;
    for (int c = '0'; c <= '9'; ++c) table[c] |= TokenChar | Digit | HostChar;
    for (int c = 'a'; c <= 'z'; ++c) table[c] |= TokenChar | HostChar;
    for (int c = 'A'; c <= 'Z'; ++c) table[c] |= TokenChar | HostChar;
    for (const char c : std::string_view("!#$%&'*+-.^_`|~")) table[static_cast<unsigned char>(c)] |= TokenChar;
    for (const char c : std::string_view("-._~")) table[static_cast<unsigned char>(c)] |= HostChar;
    return table;
}

inline constexpr auto char_classes = make_char_classes();

constexpr bool is_char(char c, CharClass wanted) { return (char_classes[static_cast<unsigned char>(c)] & wanted) != 0; }

// Whether every byte is of that class. True for an empty text.
constexpr bool all_of_class(std::string_view text, CharClass wanted) {
    for (const char c : text)
        if (!is_char(c, wanted)) return false;
    return true;
}

// all_of_class(text, FieldValueChar) for the long texts of a header, by eight bytes at a time.
bool is_field_value(std::string_view text) noexcept;

}  // namespace pinrelay::http
