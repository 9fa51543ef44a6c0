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

    // `logger` outlives the timer.
    MinuteTimer(boost::asio::io_context& context, Look look, Logger& logger)
        : timer_(context), look_(std::move(look)), logger_(logger) {}

    void start();

    // Logs what has come since the last line, and no more after that.
    void stop();

private:
    void wait();
    void say();

    boost::asio::steady_timer timer_;
    Look look_;
    Logger& logger_;
    Moment last_;
    bool stopped_ = false;
};

}  // namespace pinrelay::app
