#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <utility>
#include <vector>

#include "pinrelay/http/client.hpp"

namespace pinrelay::test {

// A client that answers by a function and remembers the requests. While it holds, answers wait for `release`.
class ScriptedClient final : public http::Client {
public:
    using Reply = boost::system::result<http::Response, http::Failure>;

    explicit ScriptedClient(boost::asio::io_context& context) : released_(context) {
        released_.expires_at(boost::asio::steady_timer::time_point::max());
    }

    std::vector<http::Request> requests;
    std::function<Reply(const http::Request&)> answer = [](const http::Request&) { return http::Response{}; };
    std::size_t in_flight = 0;
    std::size_t most_in_flight = 0;

    void hold() { held_ = true; }
    void hold_deaf() { held_ = deaf_ = true; }  // cancellation goes unheard, too
    void release() {
        held_ = false;
        released_.cancel();
    }

    boost::asio::awaitable<Reply> send(http::Request request) override {
        requests.push_back(request);
        most_in_flight = std::max(most_in_flight, ++in_flight);
        if (deaf_) co_await boost::asio::this_coro::throw_if_cancelled(false);
        while (held_) {
            ErrorCode ignored;
            co_await released_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
            if (held_ && !deaf_) {
                --in_flight;
                co_return http::Failure{http::ClientErrc::Ambiguous, "cancelled"};
            }
        }
        --in_flight;
        co_return answer(request);
    }

private:
    boost::asio::steady_timer released_;
    bool held_ = false;
    bool deaf_ = false;
};

}  // namespace pinrelay::test
