#pragma once

#include <chrono>
#include <optional>

#include "pinrelay/deliver/dispatch_options.hpp"

namespace pinrelay::deliver {

// Exponential backoff with full jitter. A wait is uniform in [0, min(cap, base · 2^n)), where n counts the failures in
// a row before this one. It is never shorter than the wait that the destination asked for. Pure.
class RetryPolicy {
public:
    explicit RetryPolicy(RetryLimits limits = {}) : limits_(limits) {}

    // The wait after one more failure in a row. `random01` is uniform in [0, 1).
    std::chrono::milliseconds failed(std::optional<std::chrono::milliseconds> wish, double random01);

    // The wait after the destination refused the token or the account. It has no jitter.
    std::chrono::milliseconds paused() noexcept;

    // The wait that the destination asked for, within [0, longest_wish]; zero where it asked for none.
    std::chrono::milliseconds bounded(std::optional<std::chrono::milliseconds> wish) const noexcept;

    void succeeded() noexcept { failures_ = 0; }
    int failures() const noexcept { return failures_; }

private:
    RetryLimits limits_;
    int failures_ = 0;
};

}  // namespace pinrelay::deliver
