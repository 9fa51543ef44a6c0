#include "histogram.hpp"

#include <algorithm>
#include <limits>

namespace pinrelay::metrics {

std::size_t Histogram::buckets() const noexcept { return std::min(scale_.bounds.size(), max_bounds); }

void Histogram::observe(std::uint64_t ticks, std::uint64_t times) noexcept {
    const auto bounds = scale_.bounds.first(buckets());
    const auto bucket = std::ranges::lower_bound(bounds, ticks) - bounds.begin();
    counts_[static_cast<std::size_t>(bucket)].fetch_add(times, std::memory_order_relaxed);
    sum_.fetch_add(ticks * times, std::memory_order_relaxed);
}

prometheus::ClientMetric::Histogram Histogram::collect() const {
    prometheus::ClientMetric::Histogram collected;
    for (std::size_t i = 0; i <= buckets(); ++i) {
        const bool last = i == buckets();
        const double bound = last ? std::numeric_limits<double>::infinity()
                                  : static_cast<double>(scale_.bounds[i]) / scale_.ticks_per_unit;
        collected.sample_count += counts_[i].load(std::memory_order_relaxed);
        collected.bucket.push_back({collected.sample_count, bound});
    }
    collected.sample_sum = static_cast<double>(sum_.load(std::memory_order_relaxed)) / scale_.ticks_per_unit;
    return collected;
}

}  // namespace pinrelay::metrics
