#include "ingest/limits/client_rates.hpp"

#include <gtest/gtest.h>

namespace pinrelay::ingest {
namespace {

using namespace std::chrono_literals;

const SteadyTime origin{};
constexpr std::uint64_t seed = 42;

TEST(ClientRates, LimitEachClientAlone) {
    ClientRates rates({10, 2}, origin, seed);

    EXPECT_EQ(rates.take(1, 1, origin), 0ms);
    EXPECT_EQ(rates.take(1, 1, origin), 0ms);
    EXPECT_EQ(rates.take(1, 1, origin), 100ms);
    EXPECT_EQ(rates.take(2, 1, origin), 0ms);
    EXPECT_EQ(rates.take(1, 1, origin + 100ms), 0ms);
}

TEST(ClientRates, WhatCountsAsSeveralIsTakenAsAWhole) {
    ClientRates rates({10, 4}, origin, seed);

    EXPECT_EQ(rates.take(1, 3, origin), 0ms);
    EXPECT_EQ(rates.take(1, 2, origin), 100ms);
    EXPECT_EQ(rates.take(1, 1, origin), 0ms);
}

TEST(ClientRates, WithoutALimitTakeAll) {
    ClientRates rates({0, 0}, origin, seed);

    for (int i = 0; i < 1000; ++i) EXPECT_EQ(rates.take(1, 1, origin), 0ms);
}

// A million addresses pass by; each gets its burst, and one that floods meanwhile stays limited nearly always.
TEST(ClientRates, HoldAFlooderAmongVeryManyOthers) {
    ClientRates rates({1, 1}, origin, seed);
    int taken = 0;
    int refused_others = 0;

    for (http::ClientKey other = 1'000; other < 1'001'000; ++other) {
        const auto now = origin + std::chrono::microseconds(other);
        if (rates.take(7, 1, now) == 0ms) ++taken;
        if (rates.take(other, 1, now) != 0ms) ++refused_others;
    }

    EXPECT_LT(taken, 1000) << "of a million";
    EXPECT_LT(refused_others, 1000) << "that share a mark with another client of the same set";
}

TEST(ClientRates, GiveOneThatOwesNothingAnymoreItsPlaceAway) {
    ClientRates rates({10, 1}, origin, seed);
    for (http::ClientKey client = 0; client < 200'000; ++client) rates.take(client, 1, origin);

    const auto later = origin + 1s;

    int refused = 0;
    for (http::ClientKey client = 300'000; client < 310'000; ++client)
        if (rates.take(client, 1, later) != 0ms) ++refused;
    EXPECT_EQ(refused, 0);
}

}  // namespace
}  // namespace pinrelay::ingest
