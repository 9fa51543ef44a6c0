#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace pinrelay::metrics {

// How many answers had which HTTP status: one cell per status, found by its number. Any thread.
class StatusCounts {
public:
    void count(int status) noexcept {
        const bool known = status >= lowest && status <= highest;
        cells_[known ? static_cast<std::size_t>(status - lowest) : others].fetch_add(1, std::memory_order_relaxed);
    }

    // Calls visit(status, count) for each status that was counted; 0 stands for what is no HTTP status.
    template <class Visit>
    void each(Visit&& visit) const {
        for (std::size_t i = 0; i < cells_.size(); ++i)
            if (const auto n = cells_[i].load(std::memory_order_relaxed))
                visit(i == others ? 0 : static_cast<int>(i) + lowest, n);
    }

private:
    static constexpr int lowest = 100;
    static constexpr int highest = 599;
    static constexpr std::size_t others = highest - lowest + 1;

    std::array<std::atomic<std::uint64_t>, others + 1> cells_{};
};

}  // namespace pinrelay::metrics
