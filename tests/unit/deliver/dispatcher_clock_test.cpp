#include <gtest/gtest.h>

#include <algorithm>

#include "dispatcher_fixture.hpp"
#include "pinrelay/spool/dead_letter_reasons.hpp"

// Ages of events, and a clock that jumps.
namespace pinrelay::deliver {
namespace {

TEST_F(DispatcherTest, DoesNotSendWhatIsTooOld) {
    client.answer = [](const http::Request&) { return answer(503); };
    start();
    append(10);
    client.answer = [](const http::Request&) { return answer(200); };
    client.requests.clear();

    pass(8 * 24h);
    pass(1s);

    EXPECT_EQ(client.requests.size(), 0u);
    EXPECT_EQ(dead(), 10u);
    EXPECT_EQ(spool.settlements.back().reason, spool::reasons::too_old.label);
}

TEST_F(DispatcherTest, AJumpOfTheClockCostsNoEvent) {
    client.answer = [](const http::Request&) { return answer(503); };
    start();
    append(10);
    client.answer = [](const http::Request&) { return answer(200); };
    client.requests.clear();

    certain = now;
    jumped = 8 * 24h;
    pass(61s);  // a round
    pass(61s);
    const std::size_t sent_meanwhile = client.requests.size();
    jumped = 0s;
    pass(1s);
    pass(1s);

    EXPECT_EQ(sent_meanwhile, 0u);
    EXPECT_EQ(dead(), 0u);
    EXPECT_EQ(delivered(), 10u);
}

TEST_F(DispatcherTest, AClockThatIsFoundToBeLaterMakesEventsTooOld) {
    client.answer = [](const http::Request&) { return answer(503); };
    start();
    append(10);

    certain = now;
    jumped = 8 * 24h;
    pass(61s);
    ASSERT_EQ(dead(), 0u);
    certain.reset();
    pass(61s);

    EXPECT_EQ(dead(), 10u);
}

TEST_F(DispatcherTest, AClockThatIsSetBackKeepsNobodyWaiting) {
    client.answer = [](const http::Request&) { return answer(503); };
    start();
    append(10);
    client.answer = [](const http::Request&) { return answer(200); };

    jumped = -1h;
    pass(1s);

    EXPECT_EQ(delivered(), 10u);
}

TEST_F(DispatcherTest, NoRecordWaitsLongerThanTheStoreIsTold) {
    start();
    append(1);
    stop();

    EXPECT_EQ(spool.last_lease.longest_wait, 1h + 500ms);
}

}  // namespace
}  // namespace pinrelay::deliver
