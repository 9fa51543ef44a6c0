#include "live_connections.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <utility>

namespace pinrelay::net {
namespace asio = boost::asio;

namespace {

// The timer lives in this frame, and so on its own context: it cannot outlive it whatever ends first.
asio::awaitable<void> sweep_while_needed(std::shared_ptr<LiveConnections> connections, std::chrono::milliseconds tick) {
    asio::steady_timer timer(connections->context());
    do {
        timer.expires_after(tick);
        co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
    } while (connections->sweep(std::chrono::steady_clock::now()));
}

}  // namespace

void LiveConnections::add(LiveConnection& connection) {
    list_.push_back(connection);
    if (!sweeping_) start_sweeping();
}

void LiveConnections::start_sweeping() {
    sweeping_ = true;
    auto on_end = [self = shared_from_this()](const std::exception_ptr& failure) {
        if (failure) self->sweeping_ = false;  // out of memory at the worst: the next connection starts it again
    };
    asio::co_spawn(context_, sweep_while_needed(shared_from_this(), tick_), std::move(on_end));
}

void LiveConnections::interrupt_idle() noexcept {
    for (auto& connection : list_)
        if (connection.idle()) connection.interrupt();
}

bool LiveConnections::sweep(SteadyTime now) noexcept {
    // The deadline stays as it is: should the operation just have ended well, the next one is interrupted instead.
    for (auto& connection : list_)
        if (connection.deadline <= now) connection.interrupt();
    sweeping_ = !list_.empty();
    return sweeping_;
}

}  // namespace pinrelay::net
