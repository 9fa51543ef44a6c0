#include "deliver/pacing/circuit_breaker.hpp"
#include "unit/deliver/now.hpp"

#include <gtest/gtest.h>

namespace pinrelay::deliver {
namespace {
using namespace std::chrono_literals;

using State = CircuitBreaker::State;

RetryLimits limits() { return {1s, 60s, 45s, 1h}; }

TEST(CircuitBreaker, IsClosedAtFirst) {
    CircuitBreaker breaker(limits());

    EXPECT_EQ(breaker.open_for(now), 0ms);
    EXPECT_EQ(breaker.state(now), State::Closed);
}

TEST(CircuitBreaker, OpensForTheWaitAndIsHalfOpenThen) {
    CircuitBreaker breaker(limits());

    const auto wait = breaker.failed(breaker.ticket(), std::nullopt, now, 0.5);

    EXPECT_EQ(wait, 500ms);
    EXPECT_EQ(breaker.open_for(now + 100ms), 400ms);
    EXPECT_EQ(breaker.state(now + 499ms), State::Open);
    EXPECT_EQ(breaker.state(now + 500ms), State::HalfOpen);
}

TEST(CircuitBreaker, CountsFailuresOfRequestsInFlightTogetherOnce) {
    CircuitBreaker breaker(limits());
    const auto ticket = breaker.ticket();

    for (int i = 0; i < 4; ++i) breaker.failed(ticket, std::nullopt, now, 0.5);

    EXPECT_EQ(breaker.open_for(now), 500ms);
    EXPECT_EQ(breaker.failed(breaker.ticket(), std::nullopt, now + 500ms, 0.5), 1s);
}

TEST(CircuitBreaker, ObeysALongerWishOfALateAnswer) {
    CircuitBreaker breaker(limits());
    const auto ticket = breaker.ticket();
    breaker.failed(ticket, std::nullopt, now, 0.5);

    breaker.failed(ticket, 30s, now, 0.5);

    EXPECT_EQ(breaker.open_for(now), 30s);
}

TEST(CircuitBreaker, ALateSuccessDoesNotCloseIt) {
    CircuitBreaker breaker(limits());
    const auto ticket = breaker.ticket();
    breaker.failed(ticket, std::nullopt, now, 0.5);

    const bool news = breaker.answered(ticket);

    EXPECT_FALSE(news);
    EXPECT_EQ(breaker.state(now + 500ms), State::HalfOpen);
}

TEST(CircuitBreaker, ASuccessAfterTheWaitClosesIt) {
    CircuitBreaker breaker(limits());
    breaker.failed(breaker.ticket(), std::nullopt, now, 0.5);

    const bool news = breaker.answered(breaker.ticket());

    EXPECT_TRUE(news);
    EXPECT_EQ(breaker.state(now + 500ms), State::Closed);
}

TEST(CircuitBreaker, ARefusalPausesForAFixedTime) {
    CircuitBreaker breaker(limits());

    breaker.refused(breaker.ticket(), now);

    EXPECT_EQ(breaker.open_for(now), 45s);
}

TEST(CircuitBreaker, AClockSetBackDoesNotLengthenTheWait) {
    CircuitBreaker breaker(limits());
    breaker.failed(breaker.ticket(), std::nullopt, now, 0.5);

    const auto after_the_jump = breaker.open_for(now - 1h);

    EXPECT_EQ(after_the_jump, 500ms);
    EXPECT_EQ(breaker.open_for(now - 1h + 500ms), 0ms);
}

}  // namespace
}  // namespace pinrelay::deliver
