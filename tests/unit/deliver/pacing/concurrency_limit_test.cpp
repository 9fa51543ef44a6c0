#include "deliver/pacing/concurrency_limit.hpp"

#include <gtest/gtest.h>

namespace pinrelay::deliver {
namespace {
using namespace std::chrono_literals;

const Time start = Time(1'713'571'200s);

// Rounds of as many good answers as the limit is wide.
Time good_rounds(ConcurrencyLimit& limit, int rounds, Time now = start, std::chrono::milliseconds latency = 200ms) {
    for (int round = 0; round < rounds; ++round) {
        const std::size_t width = limit.limit();
        for (std::size_t i = 0; i < width; ++i) limit.answered(now, now + latency, width);
        now += latency;
    }
    return now;
}

TEST(ConcurrencyLimit, BeginsWithOneAndGrowsByOneARound) {
    ConcurrencyLimit limit(8);
    EXPECT_EQ(limit.limit(), 1u);

    const Time now = good_rounds(limit, 1);
    EXPECT_EQ(limit.limit(), 2u);

    // The sum of fractions stays a hair below the whole at times, so one round more.
    good_rounds(limit, 3, now);
    EXPECT_GE(limit.limit(), 4u);
    EXPECT_LE(limit.limit(), 5u);
}

TEST(ConcurrencyLimit, NeverGrowsBeyondTheMost) {
    ConcurrencyLimit limit(4);

    good_rounds(limit, 50);

    EXPECT_EQ(limit.limit(), 4u);
}

TEST(ConcurrencyLimit, LearnsNothingWhileItIsNotReached) {
    ConcurrencyLimit limit(8);
    good_rounds(limit, 3);
    const auto before = limit.limit();

    for (int i = 0; i < 100; ++i) limit.answered(start + 1s, start + 2s, 1);

    EXPECT_EQ(limit.limit(), before);
}

TEST(ConcurrencyLimit, IsHalvedByOverloadOncePerRound) {
    ConcurrencyLimit limit(8);
    const Time now = good_rounds(limit, 50);

    for (int i = 0; i < 8; ++i) limit.overloaded(now, now + 1s);
    EXPECT_EQ(limit.limit(), 4u);

    limit.overloaded(now + 1s, now + 2s);
    EXPECT_EQ(limit.limit(), 2u);
}

TEST(ConcurrencyLimit, NeverFallsBelowOne) {
    ConcurrencyLimit limit(8);

    for (int i = 0; i < 10; ++i) limit.overloaded(start + i * 1s, start + i * 1s);

    EXPECT_EQ(limit.limit(), 1u);
}

TEST(ConcurrencyLimit, ShrinksWhenAnswersTakeFarLongerThanUsual) {
    ConcurrencyLimit limit(8);
    const Time now = good_rounds(limit, 50);

    limit.answered(now, now + 3s, 8);

    EXPECT_EQ(limit.limit(), 6u);
}

TEST(ConcurrencyLimit, DoesNotMindDifferencesBelowASecond) {
    ConcurrencyLimit limit(8);
    const Time now = good_rounds(limit, 50, start, 20ms);

    limit.answered(now, now + 900ms, 8);

    EXPECT_EQ(limit.limit(), 8u);
}

}  // namespace
}  // namespace pinrelay::deliver
