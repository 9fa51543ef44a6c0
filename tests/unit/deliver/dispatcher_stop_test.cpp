#include <gtest/gtest.h>

#include "dispatcher_fixture.hpp"

namespace pinrelay::deliver {
namespace {

TEST_F(DispatcherTest, StopSendsWhatLingers) {
    start();
    append(3);
    ASSERT_EQ(client.requests.size(), 0u);

    stop();

    EXPECT_EQ(delivered(), 3u);
    EXPECT_EQ(stopped, 1u);
}

TEST_F(DispatcherTest, StopWaitsForRequestsInFlight) {
    client.hold();
    start();
    append(10);
    stop();
    ASSERT_EQ(stopped, 0u);

    client.release();
    settle_down();

    EXPECT_EQ(stopped, 1u);
    EXPECT_EQ(delivered(), 10u);
}

TEST_F(DispatcherTest, StopDoesNotWaitForAnAccountThatBacksOff) {
    client.answer = [](const http::Request&) { return answer(503); };
    start();
    append(20);
    const std::size_t before = client.requests.size();

    stop();

    EXPECT_EQ(stopped, 1u);
    EXPECT_EQ(client.requests.size(), before);
    EXPECT_EQ(spool.held(), 0u);
}

TEST_F(DispatcherTest, AfterTheGraceRequestsAreCancelledAndTheirRecordsKept) {
    client.hold();
    start();
    append(9);
    append(1, "offline", false);  // in a request of its own, which is never sent

    stop(0ms);
    run_until([this] { return stopped > 0; });

    EXPECT_EQ(stopped, 1u);
    EXPECT_EQ(spool.settled_as(spool::Settlement::Fate::Retry), 10u);
    EXPECT_EQ(spool.held(), 0u);
    EXPECT_EQ(logger.count(LogLevel::Warn), 0u);
}

TEST_F(DispatcherTest, AfterTheGraceOfflineRecordsInFlightAreDeadLetters) {
    client.hold();
    start();
    append(10, "offline", false);

    stop(0ms);
    run_until([this] { return stopped > 0; });

    EXPECT_EQ(dead(), 10u);
    EXPECT_EQ(spool.held(), 0u);
}

TEST_F(DispatcherTest, EndsEvenWhenAClientDoesNotHearTheCancellation) {
    options.last_wait = 1ms;
    client.hold_deaf();
    start();
    append(10);

    stop(0ms);
    run_until([this] { return stopped > 0; });

    EXPECT_EQ(stopped, 1u);
    EXPECT_EQ(delivered(), 0u);
    client.release();
    settle_down();
    EXPECT_EQ(stopped, 1u);
}

TEST_F(DispatcherTest, StopBeforeStartIsAStop) {
    make();

    stop();

    EXPECT_EQ(stopped, 1u);
}

}  // namespace
}  // namespace pinrelay::deliver
