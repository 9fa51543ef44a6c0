#pragma once

#include <chrono>
#include <cstddef>

#include "pinrelay/core/clock.hpp"

namespace pinrelay::deliver {

// How many batches of an account may be in flight, learnt from its answers: one more after as many good answers as the
// limit is wide, half as many after a sign of overload (429, 5xx, no answer), a fifth fewer after an answer that took
// far longer than usual. Begins with one. Pure.
//
// What is in flight together tells one thing once: a request that was sent before the last decrease decreases nothing.
class ConcurrencyLimit {
public:
    explicit ConcurrencyLimit(std::size_t most);

    std::size_t limit() const noexcept { return static_cast<std::size_t>(limit_); }

    // `in_flight` counts the request itself; while the limit is not reached, good answers say nothing about it.
    void answered(Time sent, Time now, std::size_t in_flight);
    void overloaded(Time sent, Time now);

private:
    void decrease(double factor, Time now);
    bool took_long(std::chrono::microseconds latency);

    double most_;
    double limit_ = 1;
    double usual_ = 0;  // running mean of the latency, in seconds; 0 before the first answer
    Time decreased_{};
};

}  // namespace pinrelay::deliver
