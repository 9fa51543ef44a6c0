#include <algorithm>
#include <chrono>
#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include "forward_proxy.hpp"
#include "origin.hpp"
#include "origin_connection.hpp"
#include "pinrelay/http/request_writer.hpp"
#include "pinrelay/net/client.hpp"
#include "tls_context.hpp"

namespace pinrelay::net {
namespace asio = boost::asio;
using std::chrono::steady_clock;

namespace {

using PooledConnection = std::unique_ptr<OriginConnection>;

Origin require_origin(const std::string& text) {
    auto origin = parse_origin(text);
    if (!origin) throw std::runtime_error("cannot use \"" + text + "\": " + origin.error());
    return *origin;
}

std::optional<ForwardProxy> require_proxy(const Origin& origin, const ClientOptions& options) {
    auto proxy = forward_proxy_for(origin, options);
    if (!proxy) throw std::runtime_error("cannot use the proxy: " + proxy.error());
    return std::move(*proxy);
}

class TlsClient final : public Client {
public:
    TlsClient(asio::io_context& context, ClientOptions options)
        : context_(context),
          options_(std::move(options)),
          origin_(require_origin(options_.origin)),
          proxy_(require_proxy(origin_, options_)),
          tls_(make_tls_context(options_.ca_file)) {}

    asio::awaitable<Answer> send(http::Request request) override {
        bool sending = false;
        Failure failure;
        try {
            if (auto problem = problem_of_request(request)) co_return Failure{ClientErrc::NotSent, std::move(*problem)};
            PooledConnection connection = take_idle();
            if (!connection) {
                connection = make_origin_connection(context_, tls_, origin_, proxy_);
                auto failed = co_await connection->connect(options_.connect_timeout);
                if (failed) co_return std::move(*failed);
            }
            OriginConnection::Exchange exchange = prepare(request);
            sending = true;
            Answer answer = co_await connection->exchange(std::move(exchange));
            keep(std::move(connection));
            co_return answer;
        } catch (const std::exception& unexpected) {  // cancelled by its owner, or out of memory
            failure = {sending ? ClientErrc::Ambiguous : ClientErrc::NotSent, unexpected.what()};
        }
        co_return failure;
    }

private:
    struct Idle {
        PooledConnection connection;
        steady_clock::time_point since;
    };

    OriginConnection::Exchange prepare(const http::Request& request) const {
        OriginConnection::Exchange exchange;
        exchange.bytes = request_bytes(request, origin_.authority());
        exchange.head_only = request.method == "HEAD";
        exchange.timeout = options_.request_timeout;
        exchange.max_response_body = options_.max_response_body;
        return exchange;
    }

    // The connection used last, if the peer still keeps it; none when all have gone stale.
    PooledConnection take_idle() {
        const auto oldest = steady_clock::now() - options_.idle_timeout;
        std::erase_if(idle_,
                      [oldest](const Idle& idle) { return idle.since < oldest || !idle.connection->reusable(); });
        if (idle_.empty()) return nullptr;
        PooledConnection connection = std::move(idle_.back().connection);
        idle_.pop_back();
        return connection;
    }

    void keep(PooledConnection connection) {
        if (!connection->reusable() || idle_.size() >= options_.max_idle_connections) return;
        idle_.push_back({std::move(connection), steady_clock::now()});
    }

    asio::io_context& context_;
    ClientOptions options_;
    Origin origin_;
    std::optional<ForwardProxy> proxy_;
    asio::ssl::context tls_;
    std::vector<Idle> idle_;
};

}  // namespace

std::optional<std::string> problem_of_proxy(const ClientOptions& options) {
    const auto proxy = forward_proxy_for(require_origin(options.origin), options);
    if (proxy) return std::nullopt;
    return proxy.error();
}

std::optional<std::string> proxy_in_use(const ClientOptions& options) {
    const auto proxy = require_proxy(require_origin(options.origin), options);
    if (!proxy) return std::nullopt;
    return proxy->origin.host_and_port();
}

std::unique_ptr<Client> make_tls_client(asio::io_context& context, ClientOptions options) {
    return std::make_unique<TlsClient>(context, std::move(options));
}

}  // namespace pinrelay::net
