#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <utility>

#include "pinrelay/http/message.hpp"
#include "pinrelay/net/handler.hpp"
#include "pinrelay/watch/live_events.hpp"

namespace pinrelay::admin {

using SteadyClock = std::function<std::chrono::steady_clock::time_point()>;

// GET /events/stream: events and outcomes as they come, as server-sent events. Each stream is a place in the record of
// the last events, and has no queue of its own: a slow one learns how many entries it missed. One thread at a time.
class EventStreams {
public:
    // A stream takes one of the admin port's connections; the others stay free for health checks and metrics.
    static constexpr std::size_t most = 16;

    explicit EventStreams(SteadyClock clock = [] { return std::chrono::steady_clock::now(); })
        : clock_(std::move(clock)) {}

    // Begins with what comes from now on; behind the entry that `since` or the header Last-Event-ID names, where it is
    // kept. Puts the stream into `notes`. 503 where there are too many streams. `live` is lent and outlives the stream.
    http::Response open(const watch::LiveEvents& live, const http::Request& request, net::Notes& notes) const;

private:
    SteadyClock clock_;
    std::shared_ptr<const int> places_ = std::make_shared<const int>();  // each stream has a share
};

}  // namespace pinrelay::admin
