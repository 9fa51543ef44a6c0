#include "spool/duplicates/subject_table.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

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

    EXPECT_EQ(key.high, 10797384781497191897U);
    EXPECT_EQ(key.low, 7187857205646701054U);
}

TEST(SubjectTable, FindsNothingWhereNothingIs) {
    SubjectTable table(seed);
    table.erase({1, 2});

    EXPECT_EQ(table.find({1, 2}), nullptr);
    EXPECT_EQ(table.size(), 0U);
}

TEST(SubjectTable, TakesANewSubjectInPlaceOfTheOld) {
    SubjectTable table(seed);

    table.put({1, 2}, 3);
    table.put({1, 2}, 4);

    ASSERT_NE(table.find({1, 2}), nullptr);
    EXPECT_EQ(*table.find({1, 2}), 4U);
    EXPECT_EQ(table.size(), 1U);
}

// Keys of a small range with two odd factors fall into few places, so that chains are long and cross the end.
TEST(SubjectTable, DoesWhatAMapDoesUnderRandomChanges) {
    std::mt19937 random(1);
    const auto pick = [&random](std::uint64_t most) {
        return std::uniform_int_distribution<std::uint64_t>(1, most)(random);
    };
    for (const std::uint64_t keys : {20U, 200U, 2000U}) {
        SubjectTable table(pick(1000));
        std::map<std::uint64_t, std::uint64_t> wanted;

        for (std::uint64_t step = 1; step <= 20'000; ++step) {
            const std::uint64_t key = pick(keys);
            if (pick(2) == 1) {
                table.put({key, key % 3}, step);
                wanted[key] = step;
            } else {
                table.erase({key, key % 3});
                wanted.erase(key);
            }
        }

        EXPECT_EQ(table.size(), wanted.size());
        for (std::uint64_t key = 1; key <= keys; ++key) {
            const auto* found = table.find({key, key % 3});
            const auto known = wanted.find(key);
            EXPECT_EQ(found == nullptr ? 0 : *found, known == wanted.end() ? 0 : known->second) << key;
        }
    }
}

}  // namespace
}  // namespace pinrelay::spool
