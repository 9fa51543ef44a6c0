#pragma once

#include <chrono>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/destination/destination.hpp"

namespace pinrelay::deliver {

// Holds requests below a rate: a token per request, refilled evenly, never more than `rate.burst` of them. In any span
// of t seconds at most burst + t · per_second requests are let through. Pure.
class TokenBucket {
public:
    explicit TokenBucket(destination::RequestRate rate);

    // How long until there is a token; zero when there is one.
    std::chrono::milliseconds wait(Time now);

    // Takes one, also where there is none: the next one then comes later.
    void take(Time now);

private:
    void refill(Time now);

    destination::RequestRate rate_;
    double tokens_;
    Time filled_{};
};

}  // namespace pinrelay::deliver
