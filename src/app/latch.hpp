#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <memory>

namespace pinrelay::app {

// An event that happens once, and that one coroutine waits for. Owned by the coroutine; made by make_shared only.
class Latch : public std::enable_shared_from_this<Latch> {
public:
    // `context` is the coroutine's, run by one thread.
    explicit Latch(boost::asio::io_context& context) : context_(context), timer_(context) {}

    // A function that opens the latch. Any thread may call it, and at any time: without the latch it does nothing.
    std::function<void()> opener();

    // Resumes when the latch is open, or at the deadline.
    boost::asio::awaitable<void> wait_until(std::chrono::steady_clock::time_point deadline);

private:
    boost::asio::io_context& context_;
    boost::asio::steady_timer timer_;
    bool open_ = false;  // the context's thread only
};

}  // namespace pinrelay::app
