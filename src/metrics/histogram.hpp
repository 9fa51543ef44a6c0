#pragma once

#include <prometheus/client_metric.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>

namespace pinrelay::metrics {

// What a histogram measures: upper bounds of its buckets in whole ticks, and how many ticks make the unit that is
// exported ("seconds", "bytes").
struct Scale {
    std::span<const std::uint64_t> bounds;
    double ticks_per_unit = 1;
};

// A histogram that is observed without a lock; prometheus-cpp's takes a mutex for every observation.
class Histogram {
public:
    static constexpr std::size_t max_bounds = 15;

    // Bounds beyond max_bounds are ignored. The bounds are lent.
    explicit Histogram(Scale scale) noexcept : scale_(scale) {}

    // Any thread.
    void observe(std::uint64_t ticks, std::uint64_t times = 1) noexcept;

    // The count is the sum of the buckets, so that they agree even while others observe.
    prometheus::ClientMetric::Histogram collect() const;

private:
    std::size_t buckets() const noexcept;

    Scale scale_;
    std::array<std::atomic<std::uint64_t>, max_bounds + 1> counts_{};  // the last one is for what exceeds all bounds
    std::atomic<std::uint64_t> sum_{0};
};

}  // namespace pinrelay::metrics
