#include "pinrelay/ingest/long_bodies.hpp"

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

#include <condition_variable>
#include <mutex>
#include <thread>

#include "fair_turns.hpp"

namespace pinrelay::ingest {
namespace {

// Low, but not idle: the thread shares the allocator's locks with others, and one that never runs would keep them.
constexpr int niceness = 5;

class Thread final : public LongBodies {
public:
    Thread(Logger& logger, std::size_t most_bytes) : logger_(logger), waiting_(most_bytes), thread_([this] { run(); }) {
        pthread_setname_np(thread_.native_handle(), "pinrelay-long");
    }
    Thread(const Thread&) = delete;
    Thread& operator=(const Thread&) = delete;
    ~Thread() override { end(); }

    bool submit(const Turn& turn, std::size_t bytes, std::unique_ptr<Work>& work) override {
        {
            const std::lock_guard lock(mutex_);
            if (stopping_ || !waiting_.add(turn, bytes, work)) return false;
        }
        wake_.notify_one();
        return true;
    }

    void stop() override { end(); }

private:
    using Queue = FairTurns<std::unique_ptr<Work>>;

    void end() {
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
        }
        wake_.notify_one();
        if (thread_.joinable()) thread_.join();
        Queue rest(0);
        const std::lock_guard lock(mutex_);
        std::swap(rest, waiting_);
    }

    void run() {
        // On Linux the id of a thread stands for that thread alone here.
        if (setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), niceness) != 0)
            logger_.warn("long bodies are decoded at the usual priority, since the system does not allow a lower one");
        while (auto work = wait_for_next()) work->run();
    }

    std::unique_ptr<Work> wait_for_next() {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
        if (stopping_) return nullptr;
        auto next = waiting_.next();
        return next ? std::move(*next) : nullptr;
    }

    Logger& logger_;
    std::mutex mutex_;
    std::condition_variable wake_;
    Queue waiting_;
    bool stopping_ = false;
    std::thread thread_;  // the last, so that the rest is there when it begins
};

}  // namespace

std::unique_ptr<LongBodies> make_long_bodies(Logger& logger, std::size_t most_bytes) {
    return std::make_unique<Thread>(logger, most_bytes);
}

}  // namespace pinrelay::ingest
