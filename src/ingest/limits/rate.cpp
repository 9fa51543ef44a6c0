#include "rate.hpp"

#include <algorithm>

namespace pinrelay::ingest {

using std::chrono::milliseconds;

Rate rate_of(const std::optional<PerSecond>& limit) noexcept {
    constexpr double burst_seconds = 10;
    if (!limit) return {};
    const auto rate = static_cast<double>(limit->count);
    return {rate, rate * burst_seconds};
}

Bucket::Bucket(const Rate& rate) noexcept : share(0), tolerance(0) {
    if (rate.unlimited()) return;
    const double ticks_per_second = std::chrono::duration<double>(1) / tick;
    share = std::max<Ticks>(static_cast<Ticks>(ticks_per_second / rate.per_second), 1);
    tolerance = static_cast<Ticks>(static_cast<double>(share) * std::max(rate.burst, 1.0));
}

Ticks Bucket::after(Ticks empty_at, Ticks now, std::size_t count) const noexcept {
    return std::max(empty_at, now) + std::min<Ticks>(share * count, tolerance);
}

Ticks Bucket::after_debt(Ticks empty_at, Ticks now, std::size_t count) const noexcept {
    constexpr Ticks most_debt = std::chrono::minutes(1) / tick;
    return std::min(std::max(empty_at, now) + share * count, now + tolerance + most_debt);
}

milliseconds Bucket::wait(Ticks after, Ticks now) const noexcept {
    if (!too_much(after, now)) return milliseconds(0);
    return std::chrono::ceil<milliseconds>((after - now - tolerance) * tick);
}

milliseconds SharedRate::take(std::size_t count, SteadyTime now) noexcept {
    if (rate_.unlimited() || count == 0) return milliseconds(0);
    const Ticks at = ticks_since(origin_, now);
    Ticks known = empty_at_.load(std::memory_order_relaxed);
    while (true) {
        const Ticks after = bucket_.after(known, at, count);
        if (bucket_.too_much(after, at)) return bucket_.wait(after, at);
        if (empty_at_.compare_exchange_weak(known, after, std::memory_order_relaxed)) return milliseconds(0);
    }
}

Ticks ticks_since(SteadyTime origin, SteadyTime now) noexcept {
    return now <= origin ? 0 : static_cast<Ticks>((now - origin) / tick);
}

}  // namespace pinrelay::ingest
