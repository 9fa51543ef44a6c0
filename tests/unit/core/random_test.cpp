#include "pinrelay/core/random.hpp"

#include <gtest/gtest.h>

#include <set>
#include <thread>
#include <vector>

namespace pinrelay {
namespace {

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

TEST(RandomSeed, UsesBothHalvesAndDiffersFromCallToCall) {
    std::set<std::uint64_t> seeds;
    std::uint64_t ever_set = 0;
    for (int i = 0; i < 64; ++i) {
        const std::uint64_t seed = random_seed();
        seeds.insert(seed);
        ever_set |= seed;
    }

    EXPECT_EQ(seeds.size(), 64U);
    EXPECT_EQ(ever_set, ~std::uint64_t{0});  // each bit fails with a chance of 2^-64
}

}  // namespace
}  // namespace pinrelay
