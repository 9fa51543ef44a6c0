#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// Pure.
namespace pinrelay::config {

// "250ms", "1s", "5m", "1h", "2d"; nothing for anything else, a number without a unit included.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

// "65536", "64KiB", "1MiB", "10GiB", "1TiB".
std::optional<std::uint64_t> parse_size(std::string_view text);

// In the largest unit that leaves a whole number: "250ms", "1MiB". For reasons and documents.
std::string print_duration(std::uint64_t milliseconds);
std::string print_size(std::uint64_t bytes);

// Digits only.
std::optional<std::uint64_t> parse_whole(std::string_view text);

}  // namespace pinrelay::config
