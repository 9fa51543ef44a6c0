#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "pinrelay/core/clock.hpp"

namespace pinrelay::destination {

// No wish of a server is followed further than this.
inline constexpr std::chrono::seconds longest_wish{3600};

// A number of seconds from now, between zero and `longest_wish`; nothing for what is no whole number.
std::optional<std::chrono::milliseconds> delta_seconds(std::string_view text);

// Retry-After by RFC 9110: seconds, or an HTTP date in one of its three forms, which is measured against `now`
// (zero when it has passed). Nothing for anything else.
std::optional<std::chrono::milliseconds> retry_after(std::string_view text, Time now);

}  // namespace pinrelay::destination
