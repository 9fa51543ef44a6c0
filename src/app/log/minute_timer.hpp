#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>

#include "minute_summary.hpp"

namespace pinrelay::app {

// Logs what each minute brought, until it is stopped. It runs on the thread of its context, and so does `stop`.
class MinuteTimer {
public:
    using Look = std::function<Moment()>;

    using Ended = std::function<void(const Moment& now)>;

    // `logger` outlives the timer. `ended` is called after each minute, with its end.
    MinuteTimer(boost::asio::io_context& context, Look look, Ended ended, Logger& logger)
        : timer_(context), look_(std::move(look)), ended_(std::move(ended)), logger_(logger) {}

    void start();

    // Logs what has come since the last line, and no more after that.
    void stop();

private:
    void wait();
    void say();

    boost::asio::steady_timer timer_;
    Look look_;
    Ended ended_;
    Logger& logger_;
    Moment last_;
    bool stopped_ = false;
};

}  // namespace pinrelay::app
