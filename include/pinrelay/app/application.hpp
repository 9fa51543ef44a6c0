#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "pinrelay/config/config.hpp"
#include "pinrelay/core/logger.hpp"

namespace pinrelay::app {

// The whole relay. It owns all parts and their threads. The destructor stops it and waits.
class Application {
public:
    virtual ~Application() = default;

    // The bound addresses. Both ports accept connections when `start` returns. Any thread.
    virtual boost::asio::ip::tcp::endpoint collect_endpoint() const = 0;
    virtual boost::asio::ip::tcp::endpoint admin_endpoint() const = 0;

    // Loads the configuration and puts all of it in force, without dropping a connection. Returns nothing then.
    // Otherwise nothing changes, and it returns the reason: a problem of the configuration, a key that needs a restart,
    // or a shutdown. The log has the result as well. Blocks; call it on any thread but the relay's own.
    virtual std::optional<std::string> reload() = 0;

    // Begins the shutdown and returns at once. The relay stops accepting, finishes its requests, delivers within
    // `shutdown_grace`, closes the store, and closes the admin port last. Any thread, any number of times.
    virtual void stop() = 0;

    // Blocks until the shutdown is over. Any thread, any number of times; only after `stop`.
    virtual void wait() = 0;
};

// The source of the configuration for a reload. The relay calls it on a thread of its own. It may throw
// std::exception: the reload fails with its text.
using Loader = std::function<config::Loaded()>;

// Starts the relay. `logger` is lent and outlives it. Throws std::exception, with one sentence for the operator, if a
// port, the data directory, the CA file, the certificate or a setting cannot be used.
std::unique_ptr<Application> start(config::Config config, Loader loader, Logger& logger);

}  // namespace pinrelay::app
