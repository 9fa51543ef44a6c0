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

inline constexpr std::chrono::minutes usual_clock_error(5);

// The clocks of one event, each by its sender's word.
struct Clocks {
    std::optional<Time> happened;
    std::optional<Time> original;  // the same by the device's clock, where a server has corrected `happened`
    std::optional<Time> sent;
    std::optional<Time> received;  // by an earlier server
};

// When the event happened by our clock. A sender that says when it sent the request tells how long ago it was, so that
// a clock that is wrong does not matter: arrival - (sent - happened). Taken as it is: a time by a clock that agrees
// with ours within `usual_clock_error`, the way here included; one that an earlier server has corrected or received
// already; and one after the sending.
std::optional<Time> time_by_our_clock(const Clocks& clocks, Time arrival);

}  // namespace pinrelay::decode
