#pragma once

#include <array>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/core/logger.hpp"
#include "pinrelay/http/message.hpp"
#include "pinrelay/http/networks.hpp"
#include "pinrelay/net/tls_identity.hpp"

namespace pinrelay::net {

// What stands behind a port. Called from every worker at once: implementations are thread-safe.
class Handler {
public:
    virtual ~Handler() = default;

    // Judges a request by its header alone (method, path, headers; no body yet). An answer here is sent at once and
    // the connection closed; nothing means: read the body, then call `handle`.
    virtual std::optional<http::Response> refuse(const http::Request& head) const = 0;

    // Answers a whole request. Runs on the worker's executor and may suspend. Must not throw; should it, the
    // connection answers 500 and the process goes on.
    virtual boost::asio::awaitable<http::Response> handle(http::Request request) = 0;
};

struct ServerLimits {
    std::size_t header_bytes = 16 * 1024;  // the request line and all fields
    std::size_t header_fields = 128;
    std::size_t body_bytes = 1024 * 1024;
    std::size_t connections = 10'000;              // over all workers; one more is closed at once
    std::size_t connections_per_client = 10'000;   // see ClientKey; trusted proxies are not counted
    std::size_t requests_per_connection = 10'000;  // then it is closed after its answer
    std::size_t body_bytes_per_second = 0;         // at the least, on the average, after `body_grace`; 0: any
    std::chrono::milliseconds body_grace{5'000};
    std::chrono::milliseconds header_timeout{10'000};   // absolute, from the first byte or from accept; TLS included
    std::chrono::milliseconds request_timeout{30'000};  // absolute: header and body
    std::chrono::milliseconds write_timeout{30'000};
    std::chrono::milliseconds idle_timeout{65'000};  // between requests of a kept-alive connection
    http::Networks trusted_proxies;
    bool proxy_protocol = false;  // each connection of a trusted proxy begins with a PROXY header, of version 1 or 2
    std::shared_ptr<const TlsIdentity> tls;  // HTTP inside TLS, behind the PROXY header if any; none: plain HTTP
};

// How TLS handshakes ended, and how metrics call that, in this order.
enum class Handshake { Done, TimedOut, Closed, NotTls, Unsupported, CertificateRefused, Failed };
constexpr std::array<std::string_view, 7> handshake_outcomes = {
    "done", "timeout", "closed", "not_tls", "unsupported", "certificate_refused", "failed"};

// Counts for metrics; any thread.
struct ServerStats {
    std::size_t connections = 0;
    std::size_t refused_connections = 0;                              // over the limit of all
    std::size_t refused_clients = 0;                                  // over the limit of one client
    std::size_t malformed_requests = 0;                               // closed or 4xx before a handler saw them
    std::array<std::size_t, handshake_outcomes.size()> handshakes{};  // by Handshake
    std::optional<Time> certificate_expires{};                        // of what new connections are shown
};

// An HTTP/1.1 listener. One acceptor deals connections round-robin to the workers' contexts, each run by one thread
// of its owner; a connection stays on its worker. Destroy it when no connection is left or the workers do not run.
class Server {
public:
    virtual ~Server() = default;

    // The bound address; the port is the real one when 0 was asked for.
    virtual boost::asio::ip::tcp::endpoint endpoint() const = 0;

    // Stops accepting and lets requests in flight finish; idle connections close now, the rest after their answer.
    // Safe from any thread; returns at once.
    virtual void drain() = 0;

    // For the connections that are accepted from now on. Any thread.
    virtual void set_limits(ServerLimits limits) = 0;

    // Any thread. After drain() `connections` falls to zero.
    virtual ServerStats stats() const = 0;
};

// Why a server cannot listen at that text ("address:port"; names other than localhost are not resolved); empty when it
// may.
std::string refuse_listen_address(const std::string& address_and_port);

// Binds and starts listening; throws std::runtime_error with the address in its text when it cannot.
// `workers` (at least one), `handler` and `logger` are lent and outlive the server.
std::unique_ptr<Server> listen(const std::string& address_and_port, std::vector<boost::asio::io_context*> workers,
                               Handler& handler, ServerLimits limits, Clock clock, Logger& logger);

}  // namespace pinrelay::net
