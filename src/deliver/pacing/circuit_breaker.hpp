#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "pinrelay/core/clock.hpp"
#include "retry_policy.hpp"

namespace pinrelay::deliver {

// Says when an account may be sent to: one backoff for all its batches in flight. Pure.
//
//   Closed    all is well
//   Open      a request failed: none is sent until the wait is over
//   HalfOpen  the wait is over: one batch at a time, until one is answered
//
// A request carries the ticket of the moment when it was sent. When four requests in flight fail together, the first
// opens the breaker and makes a new ticket; the others bring an old one and do not count as further failures. Likewise
// a late success does not close a breaker that was opened after the request was sent.
class CircuitBreaker {
public:
    enum class State { Closed, HalfOpen, Open };
    using Ticket = std::uint64_t;

    explicit CircuitBreaker(RetryLimits limits) : policy_(limits) {}

    State state(Time now);
    Ticket ticket() const noexcept { return ticket_; }

    // How long it stays open; zero when it is not.
    std::chrono::milliseconds open_for(Time now);

    // Each gives the wait for the records of that request.
    std::chrono::milliseconds failed(Ticket sent_with, std::optional<std::chrono::milliseconds> wish, Time now,
                                     double random01);
    std::chrono::milliseconds refused(Ticket sent_with, Time now);

    // Whether this was news: the ticket is not out of date.
    bool answered(Ticket sent_with) noexcept;

private:
    std::chrono::milliseconds open(std::chrono::milliseconds wait, Time now);

    RetryPolicy policy_;
    Ticket ticket_ = 0;
    Time until_{};
    std::chrono::milliseconds wait_{};
};

}  // namespace pinrelay::deliver
