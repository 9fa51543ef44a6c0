#pragma once

#include <boost/asio/io_context.hpp>
#include <memory>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/core/logger.hpp"
#include "pinrelay/core/random.hpp"
#include "pinrelay/deliver/account_memory.hpp"
#include "pinrelay/deliver/alarm.hpp"
#include "pinrelay/destination/destination.hpp"
#include "pinrelay/metrics/metrics.hpp"
#include "pinrelay/net/client.hpp"
#include "pinrelay/spool/spool.hpp"
#include "pinrelay/watch/live_events.hpp"

namespace pinrelay::deliver {

// The parts that a dispatcher works with. It owns the functions; the caller owns everything else, and keeps it alive
// longer than the dispatcher.
struct DispatchParts {
    boost::asio::io_context& context;  // with one thread
    const destination::Destination& destination;
    spool::Spool& spool;
    net::Client& client;
    metrics::Metrics& metrics;
    Clock clock;  // must not jump: waits, paces and the times of reports; see core/confirmed_clock.hpp
    Random random;
    MakeAlarm make_alarm;
    Logger& logger;
    std::shared_ptr<AccountMemory> memory = std::make_shared<AccountMemory>();  // of this account, and no other

    // The ages of events. Without them the clocks above serve.
    Clock wall{};       // the system's, as far as it is likely to be right
    Clock confirmed{};  // what is too old by this one will not become younger again

    watch::LiveEvents* live = nullptr;  // where those who watch read; null pointer for nobody
};

}  // namespace pinrelay::deliver
