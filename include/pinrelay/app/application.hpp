#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pinrelay/config/config.hpp"
#include "pinrelay/core/logger.hpp"
#include "pinrelay/destination/destination.hpp"

namespace pinrelay::app {

// The whole relay. Owns all parts in dependency order.
class Application {
public:
    virtual ~Application() = default;

    // Both ports are bound and accepting when the constructor's factory returns.
    virtual boost::asio::ip::tcp::endpoint collect_endpoint() const = 0;
    virtual boost::asio::ip::tcp::endpoint admin_endpoint() const = 0;

    // Asks the loader for the configuration and takes it over whole, without dropping a connection; or, where it cannot
    // be used or needs a restart, nothing of it, with the reason. The log says either. Any thread but the relay's own.
    virtual std::optional<std::string> reload() = 0;

    // Drains and stops: stop accepting, finish requests, commit, deliver within the grace, close admin last. Any
    // thread and any number of times; returns at once. `wait` returns when all is over.
    virtual void stop() = 0;
    virtual void wait() = 0;
};

// Where a reload gets the configuration from; called on a thread of the relay.
using Loader = std::function<config::Loaded()>;

// Throws std::runtime_error with one sentence for the operator when a port, the data directory, the CA file or the
// settings cannot be used. `logger` is lent.
std::unique_ptr<Application> start(config::Config config, Loader loader, Logger& logger);

// Problems that only the modules can see: an endpoint without https, a mapping target that Pinterest's schema does not
// know, a proxy that is no address. `where` names the file, or the environment, in them.
std::vector<config::Problem> check(const config::Config& config, const std::string& where);

// All of them in one line for the log.
std::string one_line(const std::vector<config::Problem>& problems);

// The accounts of the configuration, as events are delivered to them; for tools. Throws std::invalid_argument for
// settings that `check` finds wrong.
std::vector<std::unique_ptr<destination::Destination>> make_destinations(const config::Config& config);

LogLevel log_level(const std::string& text);

// Logs through spdlog to standard error, one logfmt line per sentence, control bytes escaped.
std::unique_ptr<Logger> make_stderr_logger(LogLevel level);

}  // namespace pinrelay::app
