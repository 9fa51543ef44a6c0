#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace pinrelay::mock {

// "250ms", "2s", "5m", "1h", "7d". Nothing else.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

// How deep the arrays and objects of a JSON text go, read without recursion and before it is parsed.
std::size_t nesting_depth(std::string_view json) noexcept;

// Unicode characters of UTF-8 text.
std::size_t length_in_characters(std::string_view utf8) noexcept;

// 64 lower-case hexadecimal digits.
bool is_sha256_digest(std::string_view text) noexcept;

// "2026-04-20T00:00:00.123Z"
std::string iso_time(std::chrono::system_clock::time_point time);

}  // namespace pinrelay::mock
