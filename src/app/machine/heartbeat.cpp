#include "heartbeat.hpp"

#include <algorithm>
#include <utility>

namespace pinrelay::app {
namespace {

// The status line is worth no more; a watchdog may want more.
constexpr std::chrono::microseconds longest_pause = std::chrono::seconds(10);

// A watchdog that wants more than this cannot be fed: better to be ended by it than to do nothing else.
constexpr std::chrono::microseconds shortest_pause = std::chrono::milliseconds(10);

// A round is asked at one beat and answered by the next, so that each third feeds it twice in time.
constexpr int beats_per_watchdog = 3;

}  // namespace

void Heartbeat::start() {
    if (!manager_.is_there()) return;
    ready();
    ask_all();
    wait();
}

void Heartbeat::ready() {
    last_status_ = status_();
    ready_reported_ = manager_.ready(last_status_);
    if (ready_reported_) {
        refusal_reported_ = false;
    } else if (!std::exchange(refusal_reported_, true)) {
        logger_.warn("the service manager does not take the report that the relay is ready; it is sent again",
                     {{"variable", "NOTIFY_SOCKET"}});
    }
}

void Heartbeat::stop() {
    stopped_ = true;
    timer_.cancel();
}

void Heartbeat::beat() {
    if (missing_ != nullptr && *missing_ == 0) {
        if (std::exchange(silence_reported_, false)) logger_.info("every thread answers again");
        if (manager_.watchdog()) manager_.feed_watchdog();
        ask_all();
    } else if (!std::exchange(silence_reported_, true)) {
        logger_.error("a thread or the store's writer does not answer; the watchdog is not fed until it does",
                      {{"silent", std::to_string(missing_ == nullptr ? 0 : missing_->load())}});
    }
    if (!ready_reported_) return ready();
    std::string status = status_();
    if (status != last_status_) manager_.status(status);
    last_status_ = std::move(status);
}

// An answer to an older round counts for that one only.
void Heartbeat::ask_all() {
    missing_ = std::make_shared<std::atomic<std::size_t>>(parts_.size());
    for (const auto& part : parts_) part([missing = missing_] { --*missing; });
}

std::chrono::microseconds Heartbeat::pause(std::optional<std::chrono::microseconds> watchdog) noexcept {
    return watchdog ? std::clamp(*watchdog / beats_per_watchdog, shortest_pause, longest_pause) : longest_pause;
}

void Heartbeat::wait() {
    timer_.expires_after(pause(manager_.watchdog()));
    timer_.async_wait([this](const boost::system::error_code& cancelled) {
        if (cancelled || stopped_) return;
        beat();
        wait();
    });
}

}  // namespace pinrelay::app
