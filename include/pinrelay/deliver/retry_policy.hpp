#pragma once

#include <chrono>
#include <optional>

namespace pinrelay::deliver {

struct RetryLimits {
    std::chrono::milliseconds base{500};
    std::chrono::milliseconds cap{60'000};
    std::chrono::milliseconds pause{60'000};            // between probes of an account whose token or id was refused
    std::chrono::milliseconds longest_wish{3'600'000};  // a destination that wishes to wait longer is asked again then
};

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
