#include "long_turns.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace pinrelay::net {
namespace asio = boost::asio;

namespace {

constexpr std::size_t long_body = 16 * 1024;  // below it, a fraction of a millisecond
constexpr std::string_view gzip_magic = "\x1f\x8b";

}  // namespace

bool may_take_long(const http::Request& request) noexcept {
    return request.body.size() >= long_body || request.body.starts_with(gzip_magic);
}

asio::awaitable<void> LongTurns::next() {
    do {
        // Behind the look at the sockets, and behind what that has brought.
        co_await asio::post(context_, asio::use_awaitable);
        co_await asio::post(context_, asio::use_awaitable);
    } while (*taken_);
    asio::post(context_, [taken = taken_] { *taken = false; });
    *taken_ = true;
}

}  // namespace pinrelay::net
