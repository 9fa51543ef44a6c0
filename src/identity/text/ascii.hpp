#pragma once

#include <algorithm>
#include <string_view>

// Character classes of ASCII that no locale changes.
namespace pinrelay::identity {

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
constexpr char upper(char c) noexcept { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
constexpr bool is_letter(char c) noexcept { return lower(c) >= 'a' && lower(c) <= 'z'; }
constexpr bool is_ascii(char c) noexcept { return static_cast<unsigned char>(c) < 0x80; }

constexpr bool all_digits(std::string_view text) noexcept { return std::ranges::all_of(text, is_digit); }
constexpr bool all_letters(std::string_view text) noexcept { return std::ranges::all_of(text, is_letter); }
constexpr bool all_ascii(std::string_view text) noexcept { return std::ranges::all_of(text, is_ascii); }

constexpr bool same_ignoring_case(std::string_view a, std::string_view b) noexcept {
    return std::ranges::equal(a, b, {}, lower, lower);
}

}  // namespace pinrelay::identity
