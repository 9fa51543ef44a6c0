#include "latch.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace pinrelay::app {
namespace asio = boost::asio;

std::function<void()> Latch::opener() {
    return [weak = weak_from_this()] {
        const auto latch = weak.lock();
        if (!latch) return;
        asio::post(latch->context_, [latch] {
            latch->open_ = true;
            latch->timer_.cancel();
        });
    };
}

asio::awaitable<void> Latch::wait_until(std::chrono::steady_clock::time_point deadline) {
    if (open_) co_return;
    timer_.expires_at(deadline);
    co_await timer_.async_wait(asio::as_tuple(asio::use_awaitable));
}

}  // namespace pinrelay::app
