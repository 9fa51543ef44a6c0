#pragma once

#include <memory>
#include <mutex>
#include <utility>

namespace pinrelay {

// An immutable value that many threads read while one replaces it whole. Who has read it keeps what it got.
//
// std::atomic<std::shared_ptr> is meant for this, but GCC 12's gives its lock back relaxed after a load: the next store
// then need not come after it, which is a race on ARM and for ThreadSanitizer (github.com/google/sanitizers, 1558).
template <class T>
class Snapshot {
public:
    explicit Snapshot(std::shared_ptr<const T> value) : value_(std::move(value)) {}

    std::shared_ptr<const T> load() const {
        const std::lock_guard lock(mutex_);
        return value_;
    }

    // The old value leaves as the argument does: after the lock.
    void store(std::shared_ptr<const T> value) {
        const std::lock_guard lock(mutex_);
        value_.swap(value);
    }

private:
    mutable std::mutex mutex_;
    std::shared_ptr<const T> value_;
};

}  // namespace pinrelay
