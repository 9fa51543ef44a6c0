#pragma once

#include <chrono>
#include <optional>

#include "pinrelay/deliver/dispatch_options.hpp"

namespace pinrelay::deliver {

// Exponential backoff with full jitter: uniform in [0, min(cap, base · 2^failures)) with the failures before this one,
// never below the destination's own wish. Pure.
class RetryPolicy {
public:
    explicit RetryPolicy(RetryLimits limits = {}) : limits_(limits) {}

    // The wait after one more failure in a row. `random01` is uniform in [0, 1).
    std::chrono::milliseconds failed(std::optional<std::chrono::milliseconds> wish, double random01);

    // The wait after a refusal of token or account: not a matter of jitter.
    std::chrono::milliseconds paused() noexcept;

    // The wish, kept within what can be meant.
    std::chrono::milliseconds bounded(std::optional<std::chrono::milliseconds> wish) const noexcept;

    void succeeded() noexcept { failures_ = 0; }
    int failures() const noexcept { return failures_; }

private:
    RetryLimits limits_;
    int failures_ = 0;
};

}  // namespace pinrelay::deliver
