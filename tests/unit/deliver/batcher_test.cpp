#include "deliver/batcher.hpp"
#include "now.hpp"

#include <gtest/gtest.h>

namespace pinrelay::deliver {
namespace {
using namespace std::chrono_literals;

TEST(Batcher, WaitsForAnythingWhenNothingWaits) { EXPECT_EQ(Batcher(10, 1s).due_in(0, now, now), std::nullopt); }

TEST(Batcher, TakesAFullBatchAtOnce) {
    EXPECT_EQ(Batcher(10, 1s).due_in(10, now, now), 0ms);
    EXPECT_EQ(Batcher(10, 1s).due_in(11, now, now), 0ms);
}

TEST(Batcher, LetsAPartialBatchLingerFromItsOldestRecord) {
    EXPECT_EQ(Batcher(10, 1s).due_in(9, now, now), 1000ms);
    EXPECT_EQ(Batcher(10, 1s).due_in(9, now - 400ms, now), 600ms);
    EXPECT_EQ(Batcher(10, 1s).due_in(9, now - 1s, now), 0ms);
    EXPECT_EQ(Batcher(10, 1s).due_in(9, now - 1h, now), 0ms);
}

TEST(Batcher, NeverSaysNowWhileTimeIsLeft) { EXPECT_EQ(Batcher(10, 1s).due_in(1, now - 999'900us, now), 1ms); }

TEST(Batcher, DoesNotWaitForAClockThatWasSetBack) { EXPECT_EQ(Batcher(10, 1s).due_in(1, now + 1h, now), 0ms); }

TEST(Batcher, SendsAtOnceWithoutLinger) { EXPECT_EQ(Batcher(10, 0ms).due_in(1, now, now), 0ms); }

}  // namespace
}  // namespace pinrelay::deliver
