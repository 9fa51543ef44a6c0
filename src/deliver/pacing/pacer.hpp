#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

#include "circuit_breaker.hpp"
#include "concurrency_limit.hpp"
#include "token_bucket.hpp"

namespace pinrelay::deliver {

// When an account may be sent to, and how many batches at once: circuit breaker, token bucket and concurrency limit
// asked together, and told together how each request ended. Pure.
class Pacer {
public:
    // What a request carries from its sending to its end.
    struct Ticket {
        CircuitBreaker::Ticket breaker = 0;
        Time sent{};
    };

    Pacer(RetryLimits retry, destination::RequestRate rate, std::size_t most_at_once)
        : breaker_(retry), bucket_(rate), limit_(most_at_once) {}

    CircuitBreaker::State state(Time now) { return breaker_.state(now); }

    // How long no request may be sent; zero when one may.
    std::chrono::milliseconds wait(Time now) { return std::max(breaker_.open_for(now), bucket_.wait(now)); }

    // Batches that may be in flight: one on trial.
    std::size_t at_once(Time now) { return breaker_.state(now) == CircuitBreaker::State::Closed ? limit_.limit() : 1; }

    // A request is sent now.
    Ticket send(Time now) {
        bucket_.take(now);
        return {breaker_.ticket(), now};
    }

    // How it ended. The first two give the wait for the records of that request, the last one whether it was news.
    std::chrono::milliseconds failed(Ticket ticket, std::optional<std::chrono::milliseconds> wish, Time now,
                                     double random01) {
        limit_.overloaded(ticket.sent, now);
        return breaker_.failed(ticket.breaker, wish, now, random01);
    }
    std::chrono::milliseconds refused(Ticket ticket, Time now) { return breaker_.refused(ticket.breaker, now); }
    bool answered(Ticket ticket, Time now, std::size_t in_flight) {
        limit_.answered(ticket.sent, now, in_flight);
        return breaker_.answered(ticket.breaker);
    }

private:
    CircuitBreaker breaker_;
    TokenBucket bucket_;
    ConcurrencyLimit limit_;
};

}  // namespace pinrelay::deliver
