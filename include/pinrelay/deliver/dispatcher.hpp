#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "pinrelay/deliver/dispatch_options.hpp"
#include "pinrelay/deliver/dispatch_parts.hpp"

namespace pinrelay::deliver {

// Leases the records of one account from the spool, sends them and settles them, until it is stopped.
//
// It runs on the thread of its context: every call but `wake` comes from that thread. Destroy it in one of two states:
// no thread runs the context any more, or `retire` has called back. No call throws; a failure of the store or of the
// network is logged, counted and tried again.
class Dispatcher {
public:
    virtual ~Dispatcher() = default;

    // Call it once.
    virtual void start() = 0;

    // Notes that records were appended. The dispatcher looks at the spool if that changes its plan, such as when a
    // batch has become full. Cheap; any thread. Make no call while or after the object is destroyed.
    virtual void wake() = 0;

    // Sends the records that are due, without lingering. An account that waits after a failure begins no new batch.
    // After `grace` the requests in flight are cancelled; a cancelled request counts as one that ended ambiguously.
    // Then `stopped` is called exactly once, from the context. Records that were not sent stay in the spool. Call it at
    // most once.
    virtual void stop(std::chrono::milliseconds grace, std::function<void()> stopped) = 0;

    // Makes way for another dispatcher of the same account: begins no new batch and lets the requests in flight end.
    // Then `stopped` is called exactly once, from the context, and may destroy the object. `stop` may follow, to bound
    // the wait.
    virtual void retire(std::function<void()> stopped) = 0;
};

std::unique_ptr<Dispatcher> make_dispatcher(DispatchParts parts, DispatchOptions options);

}  // namespace pinrelay::deliver
