#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/core/logger.hpp"
#include "pinrelay/net/handler.hpp"
#include "pinrelay/net/server_limits.hpp"

namespace pinrelay::net {

// An HTTP/1.1 listener. One acceptor deals the connections round-robin to the workers' contexts. One thread of the
// owner runs each context, and a connection stays on its worker. Destroy the server after the last connection has
// ended or after the workers have stopped.
class Server {
public:
    virtual ~Server() = default;

    // The bound address. The port is the real one if the address asked for port 0. Any thread.
    virtual boost::asio::ip::tcp::endpoint endpoint() const = 0;

    // Stops accepting and lets running requests finish. Idle connections close now, the others after their answer.
    // Calls `drained`, if any, once when no connection is left: on any thread, and perhaps before this returns. It must
    // not throw, and its owner may be gone by then. Any thread; returns at once.
    virtual void drain(std::function<void()> drained) = 0;

    // For connections accepted from now on. Any thread.
    virtual void set_limits(ServerLimits limits) = 0;

    // Any thread. After `drain` the number of connections falls to zero.
    virtual ServerStats stats() const = 0;
};

// Why a server cannot listen at that text, "address:port". Nothing for an address that has the right form. Resolves no
// name but localhost.
std::optional<std::string> problem_of_listen_address(const std::string& address_and_port);

// Whether two servers at these addresses keep each other from listening: one port, and one address or one that stands
// for all ("0.0.0.0", "[::]"). False with port 0, which is another port each time, and for a malformed address. Pure.
bool listen_addresses_meet(const std::string& one, const std::string& other);

// Binds and starts listening. Throws std::runtime_error with the address in its text if the address is malformed or
// cannot be bound. `workers` (at least one), `handler` and `logger` are lent and outlive the server.
std::unique_ptr<Server> listen(const std::string& address_and_port, std::vector<boost::asio::io_context*> workers,
                               Handler& handler, ServerLimits limits, Clock clock, Logger& logger);

}  // namespace pinrelay::net
