#include "deliver/account_gate.hpp"

#include <gtest/gtest.h>

namespace pinrelay::deliver {
namespace {
using namespace std::chrono_literals;

const Time now = Time(1'713'571'200s);

RetryLimits limits() { return {1s, 60s, 45s, 1h}; }

TEST(AccountGate, IsOpenAtFirst) {
    AccountGate gate(limits());

    EXPECT_EQ(gate.closed_for(now), 0ms);
    EXPECT_FALSE(gate.on_trial());
}

TEST(AccountGate, ClosesForTheWaitAndThenTriesOneAtATime) {
    AccountGate gate(limits());

    const auto wait = gate.failed(gate.ticket(), std::nullopt, now, 0.5);

    EXPECT_EQ(wait, 500ms);
    EXPECT_EQ(gate.closed_for(now + 100ms), 400ms);
    EXPECT_EQ(gate.closed_for(now + 500ms), 0ms);
    EXPECT_TRUE(gate.on_trial());
}

TEST(AccountGate, CountsFailuresOfRequestsInFlightTogetherOnce) {
    AccountGate gate(limits());
    const auto ticket = gate.ticket();

    for (int i = 0; i < 4; ++i) gate.failed(ticket, std::nullopt, now, 0.5);

    EXPECT_EQ(gate.closed_for(now), 500ms);
    EXPECT_EQ(gate.failed(gate.ticket(), std::nullopt, now + 500ms, 0.5), 1s);
}

TEST(AccountGate, ObeysALongerWishOfALateAnswer) {
    AccountGate gate(limits());
    const auto ticket = gate.ticket();
    gate.failed(ticket, std::nullopt, now, 0.5);

    gate.failed(ticket, 30s, now, 0.5);

    EXPECT_EQ(gate.closed_for(now), 30s);
}

TEST(AccountGate, ALateSuccessDoesNotEndTheTrial) {
    AccountGate gate(limits());
    const auto ticket = gate.ticket();
    gate.failed(ticket, std::nullopt, now, 0.5);

    const bool news = gate.answered(ticket);

    EXPECT_FALSE(news);
    EXPECT_TRUE(gate.on_trial());
}

TEST(AccountGate, ASuccessAfterTheWaitEndsTheTrial) {
    AccountGate gate(limits());
    gate.failed(gate.ticket(), std::nullopt, now, 0.5);

    const bool news = gate.answered(gate.ticket());

    EXPECT_TRUE(news);
    EXPECT_FALSE(gate.on_trial());
}

TEST(AccountGate, ARefusalPausesForAFixedTime) {
    AccountGate gate(limits());

    gate.refused(gate.ticket(), now);

    EXPECT_EQ(gate.closed_for(now), 45s);
}

TEST(AccountGate, AClockSetBackDoesNotLengthenTheWait) {
    AccountGate gate(limits());
    gate.failed(gate.ticket(), std::nullopt, now, 0.5);

    const auto after_the_jump = gate.closed_for(now - 1h);

    EXPECT_EQ(after_the_jump, 500ms);
    EXPECT_EQ(gate.closed_for(now - 1h + 500ms), 0ms);
}

}  // namespace
}  // namespace pinrelay::deliver
