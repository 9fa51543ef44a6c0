#include "ingest/limits/rate.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace pinrelay::ingest {
namespace {

using namespace std::chrono_literals;

const SteadyTime start{};

TEST(SharedRate, TakesTheBurstAtOnceAndThenAtTheRate) {
    SharedRate rate({10, 5}, start);

    for (int i = 0; i < 5; ++i) EXPECT_EQ(rate.take(1, start + 1s), 0ms) << i;
    EXPECT_EQ(rate.take(1, start + 1s), 100ms);
    EXPECT_EQ(rate.take(1, start + 1050ms), 50ms);
    EXPECT_EQ(rate.take(1, start + 1100ms), 0ms);
    EXPECT_GT(rate.take(1, start + 1100ms), 0ms);
}

TEST(SharedRate, HasItsBurstAnewAfterARest) {
    SharedRate rate({10, 5}, start);
    for (int i = 0; i < 5; ++i) rate.take(1, start + 1s);

    for (int i = 0; i < 5; ++i) EXPECT_EQ(rate.take(1, start + 2s), 0ms) << i;
    EXPECT_GT(rate.take(1, start + 2s), 0ms);
}

TEST(SharedRate, ARefusalCostsNothing) {
    SharedRate rate({10, 1}, start);
    rate.take(1, start);

    for (int i = 0; i < 100; ++i) EXPECT_EQ(rate.take(1, start), 100ms);
    EXPECT_EQ(rate.take(1, start + 100ms), 0ms);
}

TEST(SharedRate, TakesMoreThanTheBurstOnlyFromARest) {
    SharedRate rate({10, 5}, start);

    EXPECT_EQ(rate.take(200, start + 1s), 0ms);
    EXPECT_EQ(rate.take(200, start + 1s), 500ms);
    EXPECT_EQ(rate.take(200, start + 1500ms), 0ms);
}

TEST(SharedRate, WithoutALimitTakesAll) {
    SharedRate rate({0, 0}, start);

    for (int i = 0; i < 1000; ++i) EXPECT_EQ(rate.take(1000, start), 0ms);
}

TEST(SharedRate, GivesManyThreadsTogetherNoMoreThanTheBurst) {
    constexpr int burst = 1000;
    SharedRate rate({1, burst}, start);
    std::atomic<int> taken = 0;
    std::vector<std::thread> threads;

    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < burst; ++i)
                if (rate.take(1, start) == 0ms) ++taken;
        });
    for (auto& thread : threads) thread.join();

    EXPECT_EQ(taken, burst);
}

}  // namespace
}  // namespace pinrelay::ingest
