#pragma once

#include <functional>
#include <mutex>
#include <utility>

namespace pinrelay::spool {

// Whom to tell that there are records to lease. Thread-safe.
class Listener {
public:
    void set(std::function<void()> listener) {
        const std::lock_guard lock(mutex_);
        listener_ = std::move(listener);
    }

    void tell() const {
        const std::lock_guard lock(mutex_);
        if (listener_) listener_();
    }

private:
    mutable std::mutex mutex_;
    std::function<void()> listener_;
};

}  // namespace pinrelay::spool
