#include "pinrelay/core/clock.hpp"

#include <gtest/gtest.h>

#include <set>
#include <thread>
#include <vector>

namespace pinrelay {
namespace {

TEST(SystemNow, LiesBetweenTwoReadingsOfTheSystemsClock) {
    const auto before = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());

    const Time now = system_now();

    EXPECT_GE(now, before);
    EXPECT_LE(now, std::chrono::system_clock::now());
}

TEST(SystemRandom, StaysBelowOneAndSpreads) {
    const Random random = system_random();
    constexpr int draws = 10'000;
    double sum = 0;

    for (int i = 0; i < draws; ++i) {
        const double x = random();
        ASSERT_GE(x, 0.0);
        ASSERT_LT(x, 1.0);
        sum += x;
    }

    EXPECT_NEAR(sum / draws, 0.5, 0.05);  // seventeen standard deviations
}

TEST(SystemRandom, GivesEachThreadItsOwnSequence) {
    const Random random = system_random();
    std::vector<double> firsts(4);

    std::vector<std::thread> threads;
    for (double& first : firsts) threads.emplace_back([&random, &first] { first = random(); });
    for (auto& thread : threads) thread.join();

    EXPECT_EQ(std::set<double>(firsts.begin(), firsts.end()).size(), firsts.size());
}

}  // namespace
}  // namespace pinrelay
