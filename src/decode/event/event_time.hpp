#pragma once

#include <optional>
#include <string_view>

#include "pinrelay/core/clock.hpp"

namespace pinrelay::decode {

// A sender's time. A number's unit is told by its magnitude, never by its key, since `timestamp` means seconds to one
// sender and milliseconds to the next: below 1e11 seconds, below 1e14 milliseconds, below 1e17 microseconds, else
// nanoseconds. Else an ISO 8601 date, with or without time, fraction and offset; without an offset it is UTC.
// Nothing for a text that is neither, for zero and for negative numbers.
std::optional<Time> read_time(std::string_view text);

}  // namespace pinrelay::decode
