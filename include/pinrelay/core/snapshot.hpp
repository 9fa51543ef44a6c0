#pragma once

#include <memory>
#include <mutex>
#include <utility>

namespace pinrelay {

// Holds an immutable value that many threads read and that one thread replaces as a whole. A reader keeps the value
// that it has loaded. All calls are thread-safe.
//
// The standard's std::atomic<std::shared_ptr> is not used, because GCC 12 unlocks it with relaxed order after a load.
// The next store is then not ordered after that load: a race on ARM and for ThreadSanitizer
// (github.com/google/sanitizers, issue 1558).
template <class T>
class Snapshot {
public:
    explicit Snapshot(std::shared_ptr<const T> value) : value_(std::move(value)) {}

    std::shared_ptr<const T> load() const {
        const std::lock_guard lock(mutex_);
        return value_;
    }

    // The old value is released with the argument, after the mutex is unlocked.
    void store(std::shared_ptr<const T> value) {
        const std::lock_guard lock(mutex_);
        value_.swap(value);
    }

private:
    mutable std::mutex mutex_;
    std::shared_ptr<const T> value_;
};

}  // namespace pinrelay
