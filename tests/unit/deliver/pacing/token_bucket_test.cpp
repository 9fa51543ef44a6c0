#include "deliver/pacing/token_bucket.hpp"
#include "unit/deliver/now.hpp"

#include <gtest/gtest.h>

namespace pinrelay::deliver {
namespace {
using namespace std::chrono_literals;

TEST(TokenBucket, LetsABurstThroughAndThenTheRate) {
    TokenBucket bucket({10, 3});

    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(bucket.wait(now), 0ms);
        bucket.take(now);
    }

    EXPECT_EQ(bucket.wait(now), 100ms);
    EXPECT_EQ(bucket.wait(now + 100ms), 0ms);
}

TEST(TokenBucket, HoldsNoMoreThanItsBurst) {
    TokenBucket bucket({10, 3});
    bucket.wait(now);

    int let_through = 0;
    for (; bucket.wait(now + 1h) == 0ms; ++let_through) bucket.take(now + 1h);

    EXPECT_EQ(let_through, 3);
}

TEST(TokenBucket, NeverLetsMoreThroughThanBurstAndRateTogether) {
    TokenBucket bucket({9, 1});

    int let_through = 0;
    for (Time time = now; time < now + 60s; time += 1ms)
        for (; bucket.wait(time) == 0ms; ++let_through) bucket.take(time);

    EXPECT_LE(let_through, 1 + 60 * 9);
    EXPECT_GE(let_through, 60 * 9 - 9) << "waits are whole milliseconds and may round up, not more";
}

TEST(TokenBucket, WhatIsTakenBeyondItIsPaidForLater) {
    TokenBucket bucket({10, 1});

    for (int i = 0; i < 4; ++i) bucket.take(now);

    EXPECT_EQ(bucket.wait(now), 400ms);
}

TEST(TokenBucket, AClockSetBackFillsNothingAndStopsNothing) {
    TokenBucket bucket({10, 1});
    bucket.take(now);

    EXPECT_EQ(bucket.wait(now - 1h), 100ms);
    EXPECT_EQ(bucket.wait(now - 1h + 100ms), 0ms);
}

}  // namespace
}  // namespace pinrelay::deliver
