#pragma once

#include <mutex>

#include "pinrelay/spool/dead_letters.hpp"

namespace pinrelay::spool {

// The limits of the dead letters that are in force. Thread-safe.
class LetterLimits {
public:
    explicit LetterLimits(DeadLetterLimits limits) : limits_(limits) {}

    DeadLetterLimits get() const {
        const std::lock_guard lock(mutex_);
        return limits_;
    }

    void set(DeadLetterLimits limits) {
        const std::lock_guard lock(mutex_);
        limits_ = limits;
    }

private:
    mutable std::mutex mutex_;
    DeadLetterLimits limits_;
};

}  // namespace pinrelay::spool
