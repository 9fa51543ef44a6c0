#pragma once

#include <functional>
#include <future>
#include <latch>
#include <memory>
#include <utility>

#include "pinrelay/ingest/long_bodies.hpp"

namespace pinrelay::test {

// `work` runs on the thread for long bodies, `ended` where the work is destroyed.
class LongWork final : public ingest::LongBodies::Work {
public:
    explicit LongWork(
        std::function<void()> work, std::function<void()> ended = [] {})
        : work_(std::move(work)), ended_(std::move(ended)) {}
    ~LongWork() override { ended_(); }
    void run() noexcept override { work_(); }

private:
    std::function<void()> work_;
    std::function<void()> ended_;
};

// False where the thread does not take it.
inline bool submit(
    ingest::LongBodies& long_bodies, const ingest::Turn& turn, std::size_t bytes, std::function<void()> work,
    std::function<void()> ended = [] {}) {
    std::unique_ptr<ingest::LongBodies::Work> made = std::make_unique<LongWork>(std::move(work), std::move(ended));
    return long_bodies.submit(turn, bytes, made);
}

// Holds the thread for long bodies, so that all other work waits, until it is released or destroyed. It is destroyed
// before the thread: that would wait for it for ever.
class HeldThread {
public:
    explicit HeldThread(
        ingest::LongBodies& long_bodies, std::function<void()> at_the_end = [] {}) {
        const auto hold = [this, at_the_end = std::move(at_the_end)] {
            held_.count_down();
            may_go_on_.get_future().wait();
            at_the_end();
        };
        if (submit(long_bodies, {99, 99}, 1, hold))
            held_.wait();
        else
            released_ = true;
    }
    ~HeldThread() { release(); }
    HeldThread(const HeldThread&) = delete;
    HeldThread& operator=(const HeldThread&) = delete;

    void release() {
        if (!std::exchange(released_, true)) may_go_on_.set_value();
    }

private:
    std::latch held_{1};
    std::promise<void> may_go_on_;
    bool released_ = false;
};

}  // namespace pinrelay::test
