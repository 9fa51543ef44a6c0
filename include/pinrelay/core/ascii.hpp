#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

// Letters, digits and white space of ASCII. The locale changes nothing here, and a byte above 0x7f belongs to no class.
// All functions are pure and safe to call from any thread. Only `in_lower_case` and `in_upper_case` allocate, and only
// they can throw (std::bad_alloc).
namespace pinrelay::ascii {

// The white space of C's `isspace`: space, tab, line feed, carriage return, vertical tab, form feed.
inline constexpr std::string_view white_space = " \t\n\r\v\f";

// The white space of JSON and of text files: `white_space` without vertical tab and form feed.
inline constexpr std::string_view blanks_and_line_ends = " \t\r\n";

// The white space inside one line of an HTTP header (RFC 9110, OWS).
inline constexpr std::string_view blanks = " \t";

constexpr bool is_ascii(char c) noexcept { return static_cast<unsigned char>(c) < 0x80; }
constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr bool is_lower(char c) noexcept { return c >= 'a' && c <= 'z'; }
constexpr bool is_upper(char c) noexcept { return c >= 'A' && c <= 'Z'; }
constexpr bool is_letter(char c) noexcept { return is_lower(c) || is_upper(c); }
constexpr bool is_alphanumeric(char c) noexcept { return is_letter(c) || is_digit(c); }
constexpr bool is_hex_digit(char c) noexcept { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

// A few bytes, of which one is found faster than by searching a text for it.
class Set {
public:
    constexpr explicit Set(std::string_view bytes) noexcept {
        for (const char c : bytes) contains_[static_cast<unsigned char>(c)] = true;
    }
    constexpr bool contains(char c) const noexcept { return contains_[static_cast<unsigned char>(c)]; }

private:
    std::array<bool, 256> contains_{};
};

// True for an empty text.
constexpr bool all_ascii(std::string_view text) noexcept { return std::ranges::all_of(text, is_ascii); }
constexpr bool all_digits(std::string_view text) noexcept { return std::ranges::all_of(text, is_digit); }
constexpr bool all_letters(std::string_view text) noexcept { return std::ranges::all_of(text, is_letter); }

// The same letter in the other case. Any other byte stays as it is.
constexpr char lower(char c) noexcept { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }
constexpr char upper(char c) noexcept { return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c; }

// The text with all letters in lower case, or in upper case.
inline std::string in_lower_case(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), lower);
    return result;
}

inline std::string in_upper_case(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), upper);
    return result;
}

// The text without bytes of `space` at both ends. The result points into `text`.
constexpr std::string_view trimmed(std::string_view text, std::string_view space = white_space) noexcept {
    const std::size_t first = text.find_first_not_of(space);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(space) - first + 1);
}

// Comparisons that treat "A" and "a" as equal.
constexpr bool equals_ignoring_case(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    const char* other = b.data();
    for (const char c : a) {
        if (c != *other && lower(c) != lower(*other)) return false;
        ++other;
    }
    return true;
}

constexpr bool starts_with_ignoring_case(std::string_view text, std::string_view prefix) noexcept {
    return equals_ignoring_case(text.substr(0, prefix.size()), prefix);
}

constexpr bool ends_with_ignoring_case(std::string_view text, std::string_view suffix) noexcept {
    return text.size() >= suffix.size() && equals_ignoring_case(text.substr(text.size() - suffix.size()), suffix);
}

// True for an empty `part`.
constexpr bool contains_ignoring_case(std::string_view text, std::string_view part) noexcept {
    const auto same = [](char a, char b) { return lower(a) == lower(b); };
    // Not std::ranges::search: Clang 14 cannot read the subrange of GCC 12's library that it gives.
    return part.empty() || std::search(text.begin(), text.end(), part.begin(), part.end(), same) != text.end();
}

}  // namespace pinrelay::ascii
