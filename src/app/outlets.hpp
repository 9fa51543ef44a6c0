#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <vector>

#include "front.hpp"
#include "pinrelay/config/config.hpp"
#include "pinrelay/core/logger.hpp"
#include "pinrelay/deliver/dispatcher.hpp"
#include "pinrelay/metrics/metrics.hpp"
#include "pinrelay/net/client.hpp"
#include "pinrelay/spool/spool.hpp"

namespace pinrelay::app {

// One account on its way out: how it is reached, and who delivers to it.
struct Outlet {
    std::shared_ptr<const Front> front;  // has the destination
    std::unique_ptr<net::Client> client;
    std::unique_ptr<deliver::Dispatcher> dispatcher;
};

// The outlets of all accounts: those of the configuration in force, and those of former ones whose requests have not
// ended. On the control context's thread, unless it says otherwise.
class Outlets {
public:
    Outlets(boost::asio::io_context& control, spool::Spool& spool, metrics::Metrics& metrics, Logger& logger)
        : control_(control), spool_(spool), metrics_(metrics), logger_(logger) {}

    using Made = std::list<Outlet>;

    // Those that a configuration needs, not started yet. Throws std::runtime_error where it cannot be used.
    Made make(const config::Config& config, const std::shared_ptr<const Front>& front) const;

    // Starts these in place of the present ones, which begin nothing more and end when their requests do.
    void replace(Made made);

    void wake_all();  // any thread

    // All of them, old and new; `stopped` is called once, when the last one has.
    void stop(std::chrono::milliseconds grace, std::function<void()> stopped);

private:
    void retire(std::list<Outlet>::iterator outlet);

    boost::asio::io_context& control_;
    spool::Spool& spool_;
    metrics::Metrics& metrics_;
    Logger& logger_;
    std::mutex waking_;  // `current_` changes under it, and nobody is woken who is not in there
    std::list<Outlet> current_;
    std::list<Outlet> retiring_;
};

}  // namespace pinrelay::app
