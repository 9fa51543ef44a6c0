#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "pinrelay/model/quality.hpp"

namespace pinrelay::metrics {

// How many events there were, and how many of them carried each component of the quality score. Any thread.
class QualityCounts {
public:
    void count(model::Quality components) noexcept {
        events_.fetch_add(1, std::memory_order_relaxed);
        for (std::size_t place = 0; place < carried_.size(); ++place)
            if (components.has(place)) carried_[place].fetch_add(1, std::memory_order_relaxed);
    }

    std::uint64_t events() const noexcept { return events_.load(std::memory_order_relaxed); }
    // By the place in quality_component_names. Never more than `events` where that is read afterwards.
    std::uint64_t carried(std::size_t place) const noexcept { return carried_[place].load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> events_{0};
    std::array<std::atomic<std::uint64_t>, model::quality_component_names.size()> carried_{};
};

}  // namespace pinrelay::metrics
