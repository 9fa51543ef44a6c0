#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "live_configuration.hpp"
#include "pinrelay/config/config.hpp"
#include "pinrelay/core/confirmed_clock.hpp"
#include "pinrelay/core/logger.hpp"
#include "pinrelay/deliver/account_memory.hpp"
#include "pinrelay/deliver/dispatcher.hpp"
#include "pinrelay/metrics/metrics.hpp"
#include "pinrelay/net/client.hpp"
#include "pinrelay/spool/spool.hpp"
#include "pinrelay/watch/live_events.hpp"

namespace pinrelay::app {

// One account with the client and the dispatcher that deliver to it.
struct Outlet {
    std::shared_ptr<const LiveConfiguration> live;  // owns the destination
    std::unique_ptr<net::Client> client;
    std::unique_ptr<deliver::Dispatcher> dispatcher;
};

// The outlets of all accounts. Those of former configurations stay until their last request has ended. Call each
// function on the control context's thread, unless its comment names another.
class Outlets {
public:
    // `clocks` are those by which events age.
    Outlets(boost::asio::io_context& control, spool::Spool& spool, metrics::Metrics& metrics, ConfirmedClocks clocks,
            Logger& logger, watch::LiveEvents& live)
        : control_(control),
          spool_(spool),
          metrics_(metrics),
          clocks_(std::move(clocks)),
          logger_(logger),
          live_(live) {}

    using Made = std::list<Outlet>;

    // Makes an outlet per account and starts none. Throws std::runtime_error where the client's options cannot be used.
    // An account goes on with what an earlier outlet of the same name knew about it.
    Made make(const config::Config& config, const std::shared_ptr<const LiveConfiguration>& live);

    // Starts these and retires the present ones. A retired outlet begins nothing more and ends with its last request.
    void replace(Made made);

    void wake_all();  // any thread

    // How the account fares, in times of the system's clock; nothing where there never was one of that name.
    std::optional<deliver::AccountStatus> status(const std::string& name) const;

    // Stops all outlets, old and new. Calls `stopped` once, when the last one has stopped.
    void stop(std::chrono::milliseconds grace, std::function<void()> stopped);

private:
    void retire(std::list<Outlet>::iterator outlet);

    boost::asio::io_context& control_;
    spool::Spool& spool_;
    metrics::Metrics& metrics_;
    const ConfirmedClocks clocks_;
    const Clock continuous_ = continuous_clock(system_now);  // one for all: what a former outlet noted stays comparable
    Logger& logger_;
    watch::LiveEvents& live_;
    std::map<std::string, std::shared_ptr<deliver::AccountMemory>> memories_;  // by account
    std::mutex waking_;                                                        // guards `current_` against wake_all
    std::list<Outlet> current_;
    std::list<Outlet> retiring_;
};

}  // namespace pinrelay::app
