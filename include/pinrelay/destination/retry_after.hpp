#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "pinrelay/core/clock.hpp"

namespace pinrelay::destination {

// The longest wait that a server can ask for. Longer ones are cut to it.
inline constexpr std::chrono::seconds longest_wish{3600};

// A whole number of seconds, cut to the range from zero to `longest_wish`. Nothing for any other text. Pure.
std::optional<std::chrono::milliseconds> delta_seconds(std::string_view text);

// The wait that a Retry-After field (RFC 9110) asks for: seconds, or an HTTP date in one of its three forms. A date is
// measured against `now`; a date in the past is a wait of zero. Nothing for any other text. Pure.
std::optional<std::chrono::milliseconds> retry_after(std::string_view text, Time now);

}  // namespace pinrelay::destination
