#include "pinrelay/config/units.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace pinrelay::config {

namespace {

struct Unit {
    std::string_view name;
    std::uint64_t factor;
};

constexpr std::array durations = {Unit{"ms", 1}, Unit{"s", 1000}, Unit{"m", 60'000}, Unit{"h", 3'600'000},
                                  Unit{"d", 86'400'000}};
constexpr std::array sizes = {Unit{"", 1}, Unit{"KiB", 1ULL << 10}, Unit{"MiB", 1ULL << 20}, Unit{"GiB", 1ULL << 30},
                              Unit{"TiB", 1ULL << 40}};

template <std::size_t N>
std::optional<std::uint64_t> parse_with_unit(std::string_view text, const std::array<Unit, N>& units) {
    const auto digits = std::min(text.find_first_not_of("0123456789"), text.size());
    const auto number = parse_whole(text.substr(0, digits));
    if (!number) return std::nullopt;
    for (const auto& unit : units) {
        if (unit.name != text.substr(digits)) continue;
        // Within what a signed count of milliseconds holds.
        if (*number > std::numeric_limits<std::int64_t>::max() / unit.factor) return std::nullopt;
        return *number * unit.factor;
    }
    return std::nullopt;
}

template <std::size_t N>
std::string print_with_unit(std::uint64_t number, const std::array<Unit, N>& units) {
    const auto fits = [number](const Unit& unit) { return number >= unit.factor && number % unit.factor == 0; };
    const auto largest = std::find_if(units.rbegin(), units.rend(), fits);
    const Unit& unit = largest == units.rend() ? units.front() : *largest;
    return std::to_string(number / unit.factor).append(unit.name);
}

}  // namespace

std::string print_duration(std::uint64_t milliseconds) { return print_with_unit(milliseconds, durations); }
std::string print_size(std::uint64_t bytes) { return print_with_unit(bytes, sizes); }

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
    const auto count = parse_with_unit(text, durations);
    if (!count) return std::nullopt;
    return std::chrono::milliseconds(static_cast<std::int64_t>(*count));
}

std::optional<std::uint64_t> parse_size(std::string_view text) { return parse_with_unit(text, sizes); }

std::optional<std::uint64_t> parse_whole(std::string_view text) {
    std::uint64_t number = 0;
    const auto* end = text.data() + text.size();
    const auto [stop, failure] = std::from_chars(text.data(), end, number);
    if (text.empty() || failure != std::errc{} || stop != end) return std::nullopt;
    return number;
}

}  // namespace pinrelay::config
