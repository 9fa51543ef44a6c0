#include "deliver/pacing/retry_policy.hpp"

#include <gtest/gtest.h>

namespace pinrelay::deliver {
namespace {
using namespace std::chrono_literals;

constexpr double almost_one = 0.999999;

RetryLimits policy_limits() { return {500ms, 60s, 45s, 1h}; }

TEST(RetryPolicy, DoublesTheCeilingWithEveryFailureInARow) {
    RetryPolicy policy(policy_limits());

    const auto first = policy.failed(std::nullopt, 0.5);
    const auto second = policy.failed(std::nullopt, 0.5);
    const auto third = policy.failed(std::nullopt, 0.5);

    EXPECT_EQ(first, 250ms);
    EXPECT_EQ(second, 500ms);
    EXPECT_EQ(third, 1000ms);
}

TEST(RetryPolicy, SpreadsOverTheWholeIntervalFromZero) {
    EXPECT_EQ(RetryPolicy(policy_limits()).failed(std::nullopt, 0.0), 0ms);
    EXPECT_EQ(RetryPolicy(policy_limits()).failed(std::nullopt, almost_one), 499ms);
}

TEST(RetryPolicy, NeverExceedsTheCapHoweverOftenItFailed) {
    RetryPolicy policy(policy_limits());

    for (int i = 0; i < 5000; ++i) EXPECT_LT(policy.failed(std::nullopt, almost_one), 60s);

    EXPECT_EQ(policy.failed(std::nullopt, 0.5), 30s);
}

TEST(RetryPolicy, WaitsAtLeastAsLongAsTheDestinationWishes) {
    RetryPolicy policy(policy_limits());

    EXPECT_EQ(policy.failed(30s, 0.9), 30s);
    EXPECT_EQ(policy.failed(100ms, 0.9), 900ms);
}

TEST(RetryPolicy, BoundsAWishThatCannotBeMeant) {
    RetryPolicy policy(policy_limits());

    EXPECT_EQ(policy.failed(1000min, 0.0), 1h);
    EXPECT_EQ(policy.failed(-5s, 0.0), 0ms);
}

TEST(RetryPolicy, BeginsAnewAfterASuccess) {
    RetryPolicy policy(policy_limits());
    for (int i = 0; i < 8; ++i) policy.failed(std::nullopt, 0.5);

    policy.succeeded();

    EXPECT_EQ(policy.failures(), 0);
    EXPECT_EQ(policy.failed(std::nullopt, 0.5), 250ms);
}

TEST(RetryPolicy, PausesForAFixedTime) {
    RetryPolicy policy(policy_limits());

    EXPECT_EQ(policy.paused(), 45s);
    EXPECT_EQ(policy.paused(), 45s);
}

}  // namespace
}  // namespace pinrelay::deliver
