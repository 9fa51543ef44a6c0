#include "pinrelay/net/server.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <stdexcept>
#include <utility>

#include "connection.hpp"
#include "listen_address.hpp"
#include "live_connections.hpp"
#include "pinrelay/core/result.hpp"
#include "server_core.hpp"

namespace pinrelay::net {
namespace asio = boost::asio;
using asio::ip::tcp;
using std::chrono::milliseconds;

namespace {

// How long accepting rests after a failure such as "too many open files", which only time can mend.
constexpr milliseconds accept_pause{100};

// So many take 100 µs.
constexpr std::size_t accepted_at_once = 16;

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

// Gives a connection to its worker, unless there are too many.
void deal(tcp::socket socket, const std::shared_ptr<ServerCore>& core, const std::shared_ptr<LiveConnections>& worker) {
    ErrorCode gone;
    const auto peer = socket.remote_endpoint(gone);
    if (gone) return;
    Place place = Place::take(core, peer.address());
    if (!place) return;
    asio::co_spawn(worker->context(), serve_connection(std::move(socket), core, worker, std::move(place)),
                   ReportEnd{core, "a connection ended by an exception"});
}

asio::awaitable<void> accept_connections(std::shared_ptr<ServerCore> core, Acceptor acceptor, Workers workers) {
    asio::steady_timer pause(acceptor->get_executor());
    bool failing = false;
    for (std::size_t turn = 0; !core->draining; ++turn) {
        const auto& worker = workers[turn % workers.size()];
        auto [ec, socket] = co_await acceptor->async_accept(worker->context(), asio::as_tuple(asio::use_awaitable));
        if (ec == asio::error::operation_aborted || ec == asio::error::connection_aborted) continue;
        if (ec) {
            if (!failing) core->logger.warn("connections cannot be accepted for now", {{"reason", ec.message()}});
            failing = true;
            pause.expires_after(accept_pause);
            co_await pause.async_wait(asio::as_tuple(asio::use_awaitable));
            continue;
        }
        failing = false;
        deal(std::move(socket), core, worker);
        // Those of others may be ahead of a client's, so they are not left for the next look at the sockets.
        for (std::size_t more = 0; more < accepted_at_once && !core->draining; ++more) {
            const auto& next = workers[++turn % workers.size()];
            tcp::socket another = acceptor->accept(next->context(), ec);
            if (ec) break;
            deal(std::move(another), core, next);
        }
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
