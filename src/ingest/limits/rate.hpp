#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "pinrelay/ingest/settings.hpp"

namespace pinrelay::ingest {

using SteadyTime = std::chrono::steady_clock::time_point;

// A number of takes per second on the average, and a number at once after a rest.
struct Rate {
    double per_second = 0;  // 0: no limit
    double burst = 1;
    bool unlimited() const noexcept { return per_second <= 0; }
};

// The rate of a limit; unlimited without one. Ten seconds' worth may come at once.
Rate rate_of(const std::optional<PerSecond>& limit) noexcept;

// A leaky bucket in one number, the time at which it will be empty again (the generic cell rate algorithm): what comes
// pushes that time back by its own share of a second, and must not push it further than the burst. Times are counted
// in ticks of 4 µs since an origin; 48 bits of them last for 35 years.
using Ticks = std::uint64_t;
inline constexpr std::chrono::microseconds tick{4};

struct Bucket {
    Ticks share;      // of one
    Ticks tolerance;  // of the whole burst

    explicit Bucket(const Rate& rate) noexcept;

    // The new time of a bucket that was `empty_at` and takes `count`; nothing changes where that is `too_much`.
    Ticks after(Ticks empty_at, Ticks now, std::size_t count) const noexcept;

    // The new time after work that is done already and cannot be refused. What goes beyond the burst is a debt, which
    // later takes wait for: a minute's at most, so that a mistake of ours locks nobody out for long.
    Ticks after_debt(Ticks empty_at, Ticks now, std::size_t count) const noexcept;

    bool too_much(Ticks after, Ticks now) const noexcept { return after > now + tolerance; }
    std::chrono::milliseconds wait(Ticks after, Ticks now) const noexcept;
};

// One rate for all that comes, from any thread, without a lock.
class SharedRate {
public:
    SharedRate(const Rate& rate, SteadyTime origin) : rate_(rate), bucket_(rate), origin_(origin) {}

    bool unlimited() const noexcept { return rate_.unlimited(); }

    // Takes `count` and says zero; or takes nothing and says how long to wait until there is room for them.
    // More than the whole burst at once is taken where the bucket is empty: it could never be otherwise.
    std::chrono::milliseconds take(std::size_t count, SteadyTime now) noexcept;

private:
    const Rate rate_;
    const Bucket bucket_;
    const SteadyTime origin_;
    std::atomic<Ticks> empty_at_ = 0;
};

Ticks ticks_since(SteadyTime origin, SteadyTime now) noexcept;

}  // namespace pinrelay::ingest
