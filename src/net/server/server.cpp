#include "pinrelay/net/server.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cerrno>
#include <exception>
#include <stdexcept>
#include <utility>

#include "connection.hpp"
#include "listen_address.hpp"
#include "live_connections.hpp"
#include "net/stream.hpp"
#include "pinrelay/core/result.hpp"
#include "server_core.hpp"

namespace pinrelay::net {
namespace asio = boost::asio;
using asio::ip::tcp;
using std::chrono::milliseconds;

namespace {

// How long accepting rests after a failure such as "too many open files", which only time can mend.
constexpr milliseconds accept_pause{100};

// For accepting, between two looks at the sockets: as much as for requests. A client waits behind all that came before
// it.
constexpr std::chrono::microseconds accept_time{200};

using Acceptor = std::shared_ptr<tcp::acceptor>;
using Workers = std::vector<std::shared_ptr<LiveConnections>>;

constexpr bool rows_are_at_their_index() {
    for (std::size_t row = 0; row < handshake_names.size(); ++row)
        if (index_of(handshake_names[row].outcome) != row) return false;
    return true;
}
static_assert(rows_are_at_their_index());

// How often deadlines are looked at: a quarter of the shortest, within reason.
milliseconds sweep_tick(const ServerLimits& limits) {
    constexpr milliseconds finest{5};
    constexpr milliseconds coarsest{500};
    constexpr int parts = 4;
    const auto shortest = std::min(
        {limits.header_timeout, limits.request_timeout, limits.write_timeout, limits.idle_timeout, limits.body_grace});
    return std::clamp(shortest / parts, finest, coarsest);
}

// The end of a coroutine that lets no exception out unless memory is gone.
struct ReportEnd {
    std::shared_ptr<ServerCore> core;
    const char* sentence;

    void operator()(const std::exception_ptr& failure) const {
        if (failure) core->logger.error(sentence);
    }
};

// Gives connections to the workers in turn, unless there are too many.
class Dealer {
public:
    Dealer(std::shared_ptr<ServerCore> core, Workers workers) : core_(std::move(core)), workers_(std::move(workers)) {}

    void deal(int descriptor, const tcp::endpoint& peer) {
        Place place = Place::take(core_, peer.address());
        if (!place) {
            ::close(descriptor);
            return;
        }
        const auto& worker = workers_[turn_++ % workers_.size()];
        tcp::socket socket(worker->context());
        ErrorCode no_room;
        socket.assign(peer.protocol(), descriptor, no_room);
        if (no_room) {
            ++core_->refused_connections;
            ::close(descriptor);
            return;
        }
        asio::co_spawn(worker->context(), serve_connection(std::move(socket), core_, worker, std::move(place)),
                       ReportEnd{core_, "a connection ended by an exception"});
    }

private:
    std::shared_ptr<ServerCore> core_;
    Workers workers_;
    std::size_t turn_ = 0;
};

// Deals the connections that wait, for a time. A failure says why it ended earlier. Calls the system
// itself: of a connection that is refused at once Asio's reactor needs to know nothing, which halves what it costs.
ErrorCode accept_waiting(tcp::acceptor& acceptor, Dealer& dealer) {
    const auto end = std::chrono::steady_clock::now() + accept_time;
    while (std::chrono::steady_clock::now() < end) {
        tcp::endpoint peer;
        auto size = static_cast<socklen_t>(peer.capacity());
        const int descriptor = ::accept4(acceptor.native_handle(), peer.data(), &size, SOCK_CLOEXEC);
        if (descriptor < 0) return {errno, boost::system::system_category()};
        peer.resize(size);
        dealer.deal(descriptor, peer);
    }
    return {};
}

bool is_no_failure(const ErrorCode& ec) {
    return !ec || ec == asio::error::would_block || ec == asio::error::operation_aborted ||
           ec == asio::error::connection_aborted;
}

asio::awaitable<void> accept_connections(std::shared_ptr<ServerCore> core, Acceptor acceptor, Workers workers) {
    asio::steady_timer pause(acceptor->get_executor());
    Dealer dealer(core, std::move(workers));
    bool failing = false;
    while (!core->draining) {
        auto [ec] = co_await acceptor->async_wait(tcp::acceptor::wait_read, as_result);
        if (!ec) ec = accept_waiting(*acceptor, dealer);
        if (is_no_failure(ec)) {
            failing = false;
            continue;
        }
        if (!failing) core->logger.warn("connections cannot be accepted for now", {{"reason", ec.message()}});
        failing = true;
        pause.expires_after(accept_pause);
        co_await pause.async_wait(as_result);
    }
}

Acceptor bind_acceptor(asio::io_context& context, const std::string& address) {
    const auto endpoint = parse_listen_address(address);
    if (!endpoint) throw std::runtime_error("cannot listen on \"" + address + "\": not an ADDRESS:PORT");
    try {
        auto acceptor = std::make_shared<tcp::acceptor>(context, endpoint->protocol());
        acceptor->set_option(tcp::acceptor::reuse_address(true));
        if (endpoint->address().is_v6()) acceptor->set_option(asio::ip::v6_only(false));
        acceptor->bind(*endpoint);
        acceptor->listen();
        acceptor->non_blocking(true);
        return acceptor;
    } catch (const boost::system::system_error& failure) {
        throw std::runtime_error("cannot listen on " + address + ": " + failure.code().message());
    }
}

class Listener final : public Server {
public:
    Listener(Acceptor acceptor, const std::vector<asio::io_context*>& contexts, std::shared_ptr<ServerCore> core)
        : core_(std::move(core)), acceptor_(std::move(acceptor)), endpoint_(acceptor_->local_endpoint()) {
        const milliseconds tick = sweep_tick(*core_->limits());
        for (auto* context : contexts) workers_.push_back(std::make_shared<LiveConnections>(*context, tick));
        asio::co_spawn(*contexts.front(), accept_connections(core_, acceptor_, workers_),
                       ReportEnd{core_, "accepting connections ended by an exception"});
    }

    ~Listener() override { drain({}); }
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    tcp::endpoint endpoint() const override { return endpoint_; }

    void drain(std::function<void()> drained) override {
        core_->drain(std::move(drained));
        asio::post(acceptor_->get_executor(), [acceptor = acceptor_] {
            ErrorCode ignored;
            acceptor->close(ignored);
        });
        for (const auto& worker : workers_) asio::post(worker->context(), [worker] { worker->interrupt_idle(); });
    }

    void set_limits(ServerLimits limits) override { core_->set_limits(std::move(limits)); }

    ServerStats stats() const override {
        ServerStats stats{core_->connections, core_->refused_connections, core_->refused_clients,
                          core_->malformed_requests};
        std::ranges::copy(core_->handshakes, stats.handshakes.begin());
        if (const auto limits = core_->limits(); limits->tls) stats.certificate_expires = limits->tls->expires();
        return stats;
    }

private:
    std::shared_ptr<ServerCore> core_;
    Acceptor acceptor_;
    tcp::endpoint endpoint_;
    Workers workers_;
};

}  // namespace

std::unique_ptr<Server> listen(const std::string& address_and_port, std::vector<asio::io_context*> workers,
                               Handler& handler, ServerLimits limits, Clock clock, Logger& logger) {
    auto acceptor = bind_acceptor(*workers.front(), address_and_port);
    auto core = std::make_shared<ServerCore>(handler, std::move(limits), std::move(clock), logger);
    return std::make_unique<Listener>(std::move(acceptor), workers, std::move(core));
}

}  // namespace pinrelay::net
