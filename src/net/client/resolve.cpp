#include "resolve.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <utility>

namespace pinrelay::net {
namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

// Shared with the resolver's completion, which may come long after the caller went on.
struct Lookup {
    explicit Lookup(const asio::any_io_executor& executor) : resolver(executor), alarm(executor) {}

    tcp::resolver resolver;
    asio::steady_timer alarm;
    Resolved outcome;
};

Resolved literal(const Origin& origin) {
    const tcp::endpoint endpoint(asio::ip::make_address(origin.host), origin.port);
    return {{}, tcp::resolver::results_type::create(endpoint, origin.host, std::to_string(origin.port))};
}

}  // namespace

asio::awaitable<Resolved> resolve(Origin origin, std::chrono::steady_clock::time_point deadline) {
    if (origin.literal) co_return literal(origin);

    const auto executor = co_await asio::this_coro::executor;
    const auto lookup = std::make_shared<Lookup>(executor);
    lookup->outcome.error = asio::error::timed_out;
    lookup->alarm.expires_at(deadline);
    auto on_resolved = [lookup](const ErrorCode& error, tcp::resolver::results_type endpoints) {
        lookup->outcome = {error, std::move(endpoints)};
        lookup->alarm.cancel();
    };
    lookup->resolver.async_resolve(origin.host, std::to_string(origin.port), std::move(on_resolved));
    co_await lookup->alarm.async_wait(asio::as_tuple(asio::use_awaitable));
    lookup->resolver.cancel();
    co_return lookup->outcome;
}

}  // namespace pinrelay::net
