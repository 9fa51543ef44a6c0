#pragma once

#include <atomic>
#include <chrono>

#include "pinrelay/core/clock.hpp"

namespace pinrelay::ingest {

// Lets through one call a minute: for sentences about what strangers can cause as often as they like. Any thread.
class QuietMinute {
public:
    bool may_speak(Time now) noexcept {
        auto until = until_.load(std::memory_order_relaxed);
        const auto next = (now + std::chrono::minutes(1)).time_since_epoch().count();
        return now.time_since_epoch().count() >= until &&
               until_.compare_exchange_strong(until, next, std::memory_order_relaxed);
    }

private:
    std::atomic<Time::rep> until_ = 0;
};

}  // namespace pinrelay::ingest
