#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <utility>
#include <vector>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/spool/journal.hpp"

namespace pinrelay::spool {

struct DroppedAt {
    DroppedEvent event;
    Time time{};
};

// Dropped events on their way to the next commit. Nobody waits for it, so that there is room for a number of them, and
// the others are counted. Thread-safe.
class DroppedEvents {
public:
    explicit DroppedEvents(std::size_t most) : most_(most) {}

    void add(std::vector<DroppedEvent> events, Time now) {
        const std::lock_guard lock(mutex_);
        for (DroppedEvent& event : events) {
            if (waiting_.size() < most_) {
                waiting_.push_back({std::move(event), now});
            } else {
                ++left_out_;
            }
        }
    }

    std::vector<DroppedAt> take() {
        const std::lock_guard lock(mutex_);
        return std::exchange(waiting_, {});
    }

    bool is_empty() const {
        const std::lock_guard lock(mutex_);
        return waiting_.empty();
    }

    // These have no entry.
    void leave_out(std::uint64_t events) {
        const std::lock_guard lock(mutex_);
        left_out_ += events;
    }
    std::uint64_t left_out() const {
        const std::lock_guard lock(mutex_);
        return left_out_;
    }

private:
    const std::size_t most_;
    mutable std::mutex mutex_;
    std::vector<DroppedAt> waiting_;
    std::uint64_t left_out_ = 0;
};

}  // namespace pinrelay::spool
