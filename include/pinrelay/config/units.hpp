#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// Durations, sizes and whole numbers as texts. Pure; a text of any other form is nothing.
namespace pinrelay::config {

// "250ms", "1s", "5m", "1h", "2d". The unit is required.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

// Bytes: "65536", "64KiB", "1MiB", "10GiB", "1TiB".
std::optional<std::uint64_t> parse_size(std::string_view text);

// In the largest unit that gives a whole number: "250ms", "1MiB". For reasons and documents.
std::string print_duration(std::uint64_t milliseconds);
std::string print_size(std::uint64_t bytes);

// Digits only, up to the largest 64-bit number.
std::optional<std::uint64_t> parse_whole(std::string_view text);

}  // namespace pinrelay::config
