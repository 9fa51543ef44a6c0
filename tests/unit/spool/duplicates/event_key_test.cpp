#include "spool/duplicates/event_key.hpp"

#include <gtest/gtest.h>

#include <set>

namespace pinrelay::spool {
namespace {

constexpr std::uint64_t seed = 7;

TEST(EventKey, DiffersWhereADestinationANameOrAnIdDoes) {
    const EventKey key = key_of("shop", "checkout", "1");

    EXPECT_EQ(key, key_of("shop", "checkout", "1"));
    EXPECT_NE(key, key_of("shop2", "checkout", "1"));
    EXPECT_NE(key, key_of("shop", "lead", "1"));
    EXPECT_NE(key, key_of("shop", "checkout", "2"));
    EXPECT_NE(key_of("a", "bc", "d"), key_of("ab", "c", "d"));
    EXPECT_NE(key_of("a", "b", ""), key_of("a", "", "b"));
}

TEST(EventKey, StaysTheSameFromReleaseToRelease) {
    const EventKey key = key_of("pinterest:549755885175", "checkout", "pin-ORDER-12345");

    EXPECT_EQ(key.high, 7006698993258800726U);
    EXPECT_EQ(key.low, 998151426590832024U);
}

TEST(EventKeyHash, DependsOnTheSeedAndOnBothHalvesOfTheKey) {
    const EventKeyHash hash(seed);

    EXPECT_EQ(hash({1, 2}), EventKeyHash(seed)({1, 2}));
    EXPECT_NE(hash({1, 2}), EventKeyHash(seed + 1)({1, 2}));
    EXPECT_NE(hash({1, 2}), hash({1, 3}));
    EXPECT_NE(hash({1, 2}), hash({2, 2}));
}

TEST(EventKeyHash, GivesKeysOfASmallRangePlacesOfTheirOwn) {
    const EventKeyHash hash(seed);
    std::set<std::size_t> places;
    for (std::uint64_t high = 0; high < 100; ++high)
        for (std::uint64_t low = 0; low < 100; ++low) places.insert(hash({high, low}));

    EXPECT_EQ(places.size(), 10'000U);
}

}  // namespace
}  // namespace pinrelay::spool
