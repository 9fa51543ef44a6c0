#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <functional>
#include <memory>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/core/logger.hpp"
#include "pinrelay/deliver/alarm.hpp"
#include "pinrelay/deliver/delivery_machine.hpp"
#include "pinrelay/deliver/retry_policy.hpp"
#include "pinrelay/destination/destination.hpp"
#include "pinrelay/metrics/metrics.hpp"
#include "pinrelay/net/client.hpp"
#include "pinrelay/spool/spool.hpp"

namespace pinrelay::deliver {
struct DispatchOptions {
    std::chrono::milliseconds linger{1000};
    RetryLimits retry;
    std::size_t concurrency = 8;      // batches of one account in flight, at most; how many is learnt from the answers
    double requests_per_second = 75;  // at most; the destination's own limit where that is lower
    AmbiguousOffline ambiguous_offline = AmbiguousOffline::DeadLetter;
    std::chrono::milliseconds warn_age{15 * 60'000};  // of the oldest pending event; 0 for never
    std::chrono::milliseconds look_again{1000};       // at a spool that fails or holds only records for later
    std::chrono::milliseconds round{60'000};    // how often events are looked for that are too old or wait too long
    std::chrono::milliseconds last_wait{2000};  // after the grace: for cancelled requests to end and be settled
};

// Takes an account's records from the spool, sends them and settles them, until stopped. Runs on one context's
// thread; everything passed by reference is lent and outlives it. It outlives the running of the context, too, unless
// it was retired: destroy it when no thread runs the context any more.
class Dispatcher {
public:
    virtual ~Dispatcher() = default;

    virtual void start() = 0;

    // Something was appended: look again. Any thread, but none any more once it may be destroyed; cheap.
    virtual void wake() = 0;

    // Sends what is due now without lingering; an account that waits after a failure begins nothing more. After
    // `grace` the requests in flight are cancelled, which counts as a send that ended ambiguously. Then `stopped` is
    // called once, on the context's thread. What was not sent stays in the spool. Call it on the context's thread, at
    // most once.
    virtual void stop(std::chrono::milliseconds grace, std::function<void()> stopped) = 0;

    // Makes way for another dispatcher of the same account: begins nothing more, and lets the requests in flight end by
    // themselves. Then `stopped` is called as above, and the object may be destroyed. `stop` may follow, to put an end
    // to the wait.
    virtual void retire(std::function<void()> stopped) = 0;
};

// What a dispatcher works with; lent but for the functions.
struct DispatchParts {
    boost::asio::io_context& context;
    const destination::Destination& destination;
    spool::Spool& spool;
    net::Client& client;
    metrics::Metrics& metrics;
    Clock clock;
    Random random;
    MakeAlarm make_alarm;
    Logger& logger;
};
std::unique_ptr<Dispatcher> make_dispatcher(DispatchParts parts, DispatchOptions options);

}  // namespace pinrelay::deliver
