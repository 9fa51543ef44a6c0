#include "spool/duplicates/duplicate_guard.hpp"

#include <gtest/gtest.h>

#include "fixtures/spool_records.hpp"

namespace pinrelay::spool {
namespace {

using namespace std::chrono_literals;
using model::Trust;
using test::noon;

constexpr EventKey a{{1, 1, 1}};
constexpr EventKey b{{2, 2, 2}};

EventKey numbered(std::uint32_t number) { return {{number, ~number, 3}}; }

Known from(Trust trust, RecordId record = 1) {
    Known known;
    known.said.trust = trust;
    known.record = record;
    return known;
}

// 800 keys: generations of 80.
constexpr DuplicateOptions for_two_days{.window = 48h, .max_keys = 800};

class DuplicateGuardTest : public testing::Test {
protected:
    // A transaction of its own.
    void remember(const EventKey& key, Time now, Trust trust = Trust::Anonymous) {
        guard.advance(now);
        guard.remember(key, from(trust));
        guard.keep();
    }
    bool knows(const EventKey& key, Time now) {
        guard.advance(now);
        return guard.find(key).has_value();
    }
    void remember_many(std::uint32_t first, std::uint32_t count, Trust trust) {
        for (std::uint32_t i = first; i < first + count; ++i) remember(numbered(i), noon, trust);
    }
    std::uint32_t known_of(std::uint32_t first, std::uint32_t count) {
        std::uint32_t known = 0;
        for (std::uint32_t i = first; i < first + count; ++i) known += guard.find(numbered(i)) ? 1 : 0;
        return known;
    }

    DuplicateGuard guard{for_two_days};
};

TEST_F(DuplicateGuardTest, KnowsWhatItWasGiven) {
    Known known;
    known.said = {0x89abcdef, Trust::Key, {.value = 0xfedcba98, .identifiers = {1, 2, 3, 4, 5, 6, 7, 0xffff}}, false};
    known.record = 0x123456789abcd;
    known.other = 0xdeadbeef;
    guard.advance(noon);

    guard.remember(a, known);

    EXPECT_EQ(guard.find(a), known);
    EXPECT_EQ(guard.find(b), std::nullopt);
}

TEST_F(DuplicateGuardTest, KnowsTheLastThatItWasGiven) {
    remember(a, noon, Trust::Anonymous);

    for (const Trust trust : {Trust::Anonymous, Trust::Browser, Trust::Signed, Trust::Network, Trust::Anonymous}) {
        remember(a, noon + 1s, trust);

        EXPECT_EQ(guard.find(a), from(trust));
        EXPECT_EQ(guard.size(), 1U);
    }
}

TEST_F(DuplicateGuardTest, RemembersForTheWholeWindowAndAnEighthLongerAtMost) {
    for (int minutes = 0; minutes < 60 * 6; minutes += 7) {
        DuplicateGuard each(for_two_days);
        const auto knows_at = [&each](Time now) {
            each.advance(now);
            return each.find(a).has_value();
        };
        const Time first = noon + std::chrono::minutes(minutes);

        EXPECT_FALSE(knows_at(first));
        each.remember(a, from(Trust::Anonymous));
        EXPECT_TRUE(knows_at(first + 48h)) << minutes;
        EXPECT_FALSE(knows_at(first + 54h)) << minutes;
    }
}

TEST_F(DuplicateGuardTest, CountsFromTheFirstAndNotFromTheCopies) {
    remember(a, noon);
    remember(a, noon + 47h);

    EXPECT_FALSE(knows(a, noon + 55h));
}

TEST_F(DuplicateGuardTest, CountsAnewFromAnEventOfAHigherPool) {
    remember(a, noon);
    remember(a, noon + 47h, Trust::Signed);

    EXPECT_TRUE(knows(a, noon + 55h));
}

TEST_F(DuplicateGuardTest, FreesWhatHasExpired) {
    for (const Trust trust : {Trust::Anonymous, Trust::Browser, Trust::Key}) remember_many(1, 50, trust);

    guard.advance(noon + 100 * 24h);

    EXPECT_EQ(guard.size(), 0U);
}

TEST_F(DuplicateGuardTest, ForgetsTheOldestBeyondItsMostKeys) {
    remember_many(1, 900, Trust::Anonymous);

    EXPECT_LE(guard.size(), 800U);
    EXPECT_GE(guard.size(), 700U);
    EXPECT_EQ(known_of(161, 740), 740U);
    EXPECT_EQ(known_of(1, 80), 0U);
}

TEST_F(DuplicateGuardTest, ForgetsNothingOfTrustedSendersForAFloodOfOthers) {
    remember_many(1, 600, Trust::Network);
    remember_many(1'001, 90, Trust::Browser);

    remember_many(2'001, 5'000, Trust::Anonymous);

    EXPECT_EQ(known_of(1, 600), 600U);
    EXPECT_EQ(known_of(1'001, 90), 90U);
    EXPECT_LE(guard.size(), 800U);
}

TEST_F(DuplicateGuardTest, ForgetsTheLowestFirstWhereAHigherPoolNeedsRoom) {
    remember_many(2'001, 700, Trust::Anonymous);
    remember_many(1'001, 200, Trust::Browser);

    remember_many(1, 500, Trust::Signed);

    EXPECT_EQ(known_of(1, 500), 500U);
    EXPECT_EQ(known_of(1'001, 200), 200U);
    EXPECT_EQ(known_of(2'001, 500), 0U);
    EXPECT_EQ(known_of(2'641, 60), 60U) << "the newest stay";
}

TEST_F(DuplicateGuardTest, LeavesEachPoolAGenerationWhenTrustedSendersFillIt) {
    remember_many(1, 5'000, Trust::Signed);
    remember_many(6'001, 75, Trust::Browser);
    remember_many(7'001, 75, Trust::Anonymous);
    remember_many(8'001, 5'000, Trust::Signed);

    EXPECT_EQ(known_of(6'001, 75), 75U);
    EXPECT_EQ(known_of(7'001, 75), 75U);
    EXPECT_LE(guard.size(), 800U);
    EXPECT_GE(guard.size(2), 560U);
}

// The file lists each change: 800 keys have room for 1,600 of them, and a generation is a tenth.
TEST_F(DuplicateGuardTest, ListsNoMoreForAnEventThatChangesAllTheTime) {
    for (RecordId record = 1; record <= 10'000; ++record) {
        guard.advance(noon);
        guard.remember(a, from(Trust::Anonymous, record));
        guard.keep();

        ASSERT_LE(guard.last_number() - guard.oldest_number(0), 1'800);
    }
    remember_many(1, 50, Trust::Anonymous);
    EXPECT_EQ(known_of(1, 50), 50U) << "what comes behind it is remembered";
}

TEST_F(DuplicateGuardTest, ListsNoMoreForEventsThatDie) {
    for (std::uint32_t i = 1; i <= 5'000; ++i) {
        remember(numbered(i), noon, Trust::Browser);
        guard.forget(numbered(i));
        guard.keep();

        ASSERT_LE(guard.last_number() - guard.oldest_number(1), 1'800);
    }
}

TEST_F(DuplicateGuardTest, ForgetsNothingForChangesThatAreUndone) {
    remember(a, noon);

    for (RecordId record = 1; record <= 2'000; ++record) {
        guard.advance(noon);
        guard.remember(a, from(Trust::Anonymous, record));
        guard.undo();
    }
    remember(b, noon);

    EXPECT_EQ(guard.size(), 2U);
    EXPECT_EQ(guard.oldest_number(0), 1);
}

TEST_F(DuplicateGuardTest, KnowsEveryVersionInThePoolOfItsTrust) {
    Known known = from(Trust::Signed);
    known.other = 7;
    guard.advance(noon);
    guard.remember(a, known);

    guard.remember_version(a, {8, Trust::Anonymous});
    guard.remember_version(a, {9, Trust::Browser});
    guard.forget_version(a, 9);

    EXPECT_TRUE(guard.repeats(a, known, 7));
    EXPECT_TRUE(guard.repeats(a, known, 8));
    EXPECT_FALSE(guard.repeats(a, known, 9));
    EXPECT_FALSE(guard.repeats(b, known, 8));
    EXPECT_FALSE(guard.repeats(a, from(Trust::Signed), 8)) << "there was no other one";
    EXPECT_EQ(guard.size(0), 1U);
    EXPECT_EQ(guard.find(a), known);
}

TEST_F(DuplicateGuardTest, GoesOnWhenTheClockIsSetBack) {
    remember(a, noon + 365 * 24h);

    EXPECT_TRUE(knows(a, noon));
    remember(b, noon);
    EXPECT_TRUE(knows(b, noon + 48h));
    EXPECT_FALSE(knows(b, noon + 60h));
}

TEST_F(DuplicateGuardTest, TakesTimesBefore1970) {
    remember(a, Time(-5h));

    EXPECT_TRUE(knows(a, Time(-4h)));
}

TEST_F(DuplicateGuardTest, TakesAForgottenKeyForNew) {
    remember(a, noon, Trust::Browser);

    guard.forget(a);
    guard.forget(b);
    guard.keep();

    EXPECT_FALSE(knows(a, noon));
    EXPECT_EQ(guard.last_number(), 2);
}

TEST_F(DuplicateGuardTest, IsAsItWasAfterATransactionThatIsUndone) {
    remember(a, noon);
    const auto number = guard.last_number();

    guard.advance(noon + 1s);
    guard.remember(a, from(Trust::Signed, 7));
    guard.remember(b, from(Trust::Browser));
    guard.forget(a);
    guard.remember(a, from(Trust::Anonymous, 8));
    guard.undo();

    EXPECT_EQ(guard.last_number(), number);
    EXPECT_FALSE(guard.has_changed());
    EXPECT_EQ(guard.size(), 1U);
    EXPECT_EQ(guard.find(a), from(Trust::Anonymous));
    EXPECT_EQ(guard.find(b), std::nullopt);
    EXPECT_EQ(guard.oldest_number(1), number + 1) << "the generations that it began are gone";
}

TEST_F(DuplicateGuardTest, NumbersOnlyTransactionsThatChangeSomething) {
    remember(a, noon);
    guard.advance(noon);
    guard.forget(b);
    guard.keep();
    remember(b, noon, Trust::Key);

    EXPECT_EQ(guard.last_number(), 2);
}

TEST_F(DuplicateGuardTest, NeedsNoChangesOfAPoolThatAreOlderThanWhatItRemembersThere) {
    remember(a, noon, Trust::Signed);
    remember(b, noon + 40h);
    const auto with_all = guard.oldest_number(2);

    guard.advance(noon + 60h);

    EXPECT_EQ(with_all, 1);
    EXPECT_EQ(guard.oldest_number(2), 3);
    EXPECT_EQ(guard.oldest_number(1), 3);
    EXPECT_EQ(guard.oldest_number(0), 2);
}

struct SeenRow {
    std::int64_t number;
    Time time;
    DuplicateGuard::ChangesByPool changes;
};

TEST_F(DuplicateGuardTest, IsMadeAgainFromTheChangesThatCount) {
    std::vector<SeenRow> rows;
    const auto trust_of = [](std::uint32_t i) { return static_cast<Trust>(i * 7 % 5); };
    for (std::uint32_t i = 1; i <= 4000; ++i) {
        guard.advance(noon + i * 100s);
        guard.remember(numbered(i), from(trust_of(i), i));
        guard.remember(numbered(i / 2 + 1), from(trust_of(i / 3), i));
        if (i % 7 == 0) guard.forget(numbered(i / 3));
        SeenRow row{guard.last_number() + 1, guard.now(), {}};
        for (std::size_t pool = 0; pool < pools; ++pool) row.changes[pool] = guard.changes(pool);
        rows.push_back(row);
        guard.keep();
    }

    DuplicateGuard again(for_two_days);
    for (SeenRow& row : rows) {
        bool counts = false;
        for (std::size_t pool = 0; pool < pools; ++pool) {
            if (row.number < guard.oldest_number(pool)) row.changes[pool].clear();
            counts = counts || !row.changes[pool].empty();
        }
        if (counts) again.restore(row.number, row.time, row.changes);
    }

    EXPECT_EQ(again.last_number(), guard.last_number());
    for (std::size_t pool = 0; pool < pools; ++pool) {
        EXPECT_EQ(again.size(pool), guard.size(pool)) << pool;
        EXPECT_EQ(again.oldest_number(pool), guard.oldest_number(pool)) << pool;
    }
    for (std::uint32_t i = 1; i <= 4000; ++i) EXPECT_EQ(again.find(numbered(i)), guard.find(numbered(i))) << i;
}

TEST_F(DuplicateGuardTest, GoesOnBehindTheNumberOfARestoredTransactionWithoutChanges) {
    guard.restore(7, noon, {});

    EXPECT_EQ(guard.last_number(), 7);
}

TEST_F(DuplicateGuardTest, KnowsNothingOnceItIsCleared) {
    remember(a, noon, Trust::Signed);

    guard.clear();

    EXPECT_EQ(guard.last_number(), 0);
    EXPECT_FALSE(knows(a, noon));
}

TEST(DuplicateGuardEntry, TakesNoMoreThan48Bytes) { EXPECT_LE(sizeof(std::pair<const EventKey, PackedKnown>), 48U); }

}  // namespace
}  // namespace pinrelay::spool
