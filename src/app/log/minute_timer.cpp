#include "minute_timer.hpp"

#include <exception>
#include <utility>

namespace pinrelay::app {

void MinuteTimer::start() {
    last_ = look_();
    wait();
}

void MinuteTimer::stop() {
    if (std::exchange(stopped_, true)) return;
    timer_.cancel();
    say();
}

void MinuteTimer::wait() {
    timer_.expires_after(std::chrono::minutes(1));
    timer_.async_wait([this](const boost::system::error_code& cancelled) {
        if (cancelled || stopped_) return;
        say();
        wait();
    });
}

void MinuteTimer::say() {
    Moment now = look_();
    log_minute(last_, now, logger_);
    ended_(now);
    last_ = std::move(now);
}

}  // namespace pinrelay::app
