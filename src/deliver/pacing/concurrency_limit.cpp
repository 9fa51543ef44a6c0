#include "concurrency_limit.hpp"

#include <algorithm>

namespace pinrelay::deliver {
namespace {

constexpr double after_overload = 0.5;
constexpr double after_long_answer = 0.8;

// The weight of one answer in the mean. A batch of a thousand takes longer than one of ten, so a single one counts
// little.
constexpr double weight = 0.1;

// Long: twice the usual, and long enough to matter. Below it, differences come from the batches and the network.
constexpr double times_usual = 2.0;
constexpr double seconds_that_matter = 1.0;

}  // namespace

ConcurrencyLimit::ConcurrencyLimit(std::size_t most) : most_(static_cast<double>(std::max<std::size_t>(most, 1))) {}

void ConcurrencyLimit::answered(Time sent, Time now, std::size_t in_flight) {
    if (took_long(now - sent)) {
        if (sent >= decreased_) decrease(after_long_answer, now);
        return;
    }
    if (in_flight >= limit()) limit_ = std::min(most_, limit_ + 1.0 / limit_);
}

void ConcurrencyLimit::overloaded(Time sent, Time now) {
    if (sent >= decreased_) decrease(after_overload, now);
}

void ConcurrencyLimit::decrease(double factor, Time now) {
    limit_ = std::max(1.0, limit_ * factor);
    decreased_ = now;
}

bool ConcurrencyLimit::took_long(std::chrono::microseconds latency) {
    const double seconds = std::max(0.0, std::chrono::duration<double>(latency).count());
    const double usual = usual_;
    usual_ = usual == 0 ? seconds : usual + weight * (seconds - usual);
    return usual > 0 && seconds > seconds_that_matter && seconds > times_usual * usual;
}

}  // namespace pinrelay::deliver
