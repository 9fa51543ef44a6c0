#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <functional>
#include <memory>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/core/logger.hpp"
#include "pinrelay/deliver/retry_policy.hpp"
#include "pinrelay/destination/destination.hpp"
#include "pinrelay/http/client.hpp"
#include "pinrelay/metrics/metrics.hpp"
#include "pinrelay/spool/spool.hpp"

namespace pinrelay::deliver {

struct DispatchOptions {
    std::chrono::milliseconds linger{1000};
    RetryLimits retry;
    std::size_t concurrency = 4;                 // batches of one account in flight
    std::chrono::hours oldest_sendable{7 * 24};  // older events are dead letters
    std::chrono::hours fresh_for{1};             // at Pinterest an older web event counts as an offline one
    std::chrono::milliseconds look_again{1000};  // at a spool that fails or holds only records for later
    std::chrono::milliseconds last_wait{2000};   // after the grace: for cancelled requests to end and be settled
};

// Takes an account's records from the spool, sends them and settles them, until stopped. Runs on one context's
// thread; everything passed by reference is lent and outlives it. It outlives the running of the context, too: destroy
// it when no thread runs the context any more.
class Dispatcher {
public:
    virtual ~Dispatcher() = default;

    virtual void start() = 0;

    // Something was appended: look again. Any thread; cheap when nothing waits for it.
    virtual void wake() = 0;

    // Sends what is due now without lingering; an account that waits after a failure begins nothing more. After
    // `grace` the requests in flight are cancelled, which counts as a send that ended ambiguously. Then `stopped` is
    // called once, on the context's thread. What was not sent stays in the spool. Call it on the context's thread, at
    // most once.
    virtual void stop(std::chrono::milliseconds grace, std::function<void()> stopped) = 0;
};

std::unique_ptr<Dispatcher> make_dispatcher(boost::asio::io_context& context,
                                            const destination::Destination& destination, spool::Spool& spool,
                                            http::Client& client, metrics::Metrics& metrics, DispatchOptions options,
                                            Clock clock, Random random, Logger& logger);

}  // namespace pinrelay::deliver
