#include "spool/duplicates/duplicate_guard.hpp"

#include <gtest/gtest.h>

#include "fixtures/spool_records.hpp"

namespace pinrelay::spool {
namespace {

using namespace std::chrono_literals;
using test::noon;

constexpr EventKey a{1, 1};
constexpr EventKey b{2, 2};

EventKey numbered(std::uint64_t number) { return {number, ~number}; }

class DuplicateGuardTest : public testing::Test {
protected:
    // A transaction of its own.
    Meeting meet(EventKey key, std::uint64_t subject, Time now) {
        guard.advance(now);
        const Meeting meeting = guard.meet(key, subject);
        guard.keep();
        return meeting;
    }

    DuplicateGuard guard{{.window = 48h, .max_keys = 800}, 1};
};

TEST_F(DuplicateGuardTest, TakesTheSameKeyAndSubjectForACopy) {
    EXPECT_EQ(meet(a, 7, noon), Meeting::First);
    EXPECT_EQ(meet(a, 7, noon + 1s), Meeting::Copy);
    EXPECT_EQ(meet(b, 7, noon + 1s), Meeting::First);
}

TEST_F(DuplicateGuardTest, TakesAnotherSubjectForAReusedId) {
    meet(a, 7, noon);

    EXPECT_EQ(meet(a, 8, noon), Meeting::Reused);
    EXPECT_EQ(meet(a, 9, noon), Meeting::Reused);
    EXPECT_EQ(meet(a, 7, noon), Meeting::Copy);
}

TEST_F(DuplicateGuardTest, TakesAnUnknownSubjectForTheSame) {
    meet(a, 7, noon);
    meet(b, 0, noon);

    EXPECT_EQ(meet(a, 0, noon), Meeting::Copy);
    EXPECT_EQ(meet(b, 0, noon), Meeting::Copy);
}

TEST_F(DuplicateGuardTest, LearnsTheSubjectFromTheFirstCopyThatHasOne) {
    meet(a, 0, noon);

    EXPECT_EQ(meet(a, 7, noon), Meeting::Copy);
    EXPECT_EQ(meet(a, 8, noon), Meeting::Reused);
}

TEST_F(DuplicateGuardTest, RemembersForTheWholeWindowAndAnEighthLongerAtMost) {
    for (int minutes = 0; minutes < 60 * 6; minutes += 7) {
        DuplicateGuard each({.window = 48h, .max_keys = 800}, 1);
        const auto meet_at = [&each](Time now) {
            each.advance(now);
            return each.meet(a, 7);
        };
        const Time first = noon + std::chrono::minutes(minutes);

        EXPECT_EQ(meet_at(first), Meeting::First);
        EXPECT_EQ(meet_at(first + 48h), Meeting::Copy) << minutes;
        EXPECT_EQ(meet_at(first + 54h), Meeting::First) << minutes;
    }
}

TEST_F(DuplicateGuardTest, CountsFromTheFirstAndNotFromTheCopies) {
    meet(a, 7, noon);
    meet(a, 7, noon + 47h);

    EXPECT_EQ(meet(a, 7, noon + 55h), Meeting::First);
}

TEST_F(DuplicateGuardTest, FreesWhatHasExpired) {
    for (std::uint64_t i = 1; i <= 50; ++i) meet(numbered(i), 0, noon);

    guard.advance(noon + 100 * 24h);

    EXPECT_EQ(guard.size(), 0U);
}

TEST_F(DuplicateGuardTest, ForgetsTheOldestBeyondItsMostKeys) {
    for (std::uint64_t i = 1; i <= 900; ++i) meet(numbered(i), 0, noon);

    EXPECT_LE(guard.size(), 800U);
    EXPECT_GE(guard.size(), 700U);
    EXPECT_EQ(meet(numbered(900), 0, noon), Meeting::Copy);
    EXPECT_EQ(meet(numbered(201), 0, noon), Meeting::Copy);
    EXPECT_EQ(meet(numbered(1), 0, noon), Meeting::First);
}

TEST_F(DuplicateGuardTest, GoesOnWhenTheClockIsSetBack) {
    meet(a, 7, noon + 365 * 24h);

    EXPECT_EQ(meet(a, 7, noon), Meeting::Copy);
    EXPECT_EQ(meet(b, 7, noon), Meeting::First);
    EXPECT_EQ(meet(b, 7, noon + 48h), Meeting::Copy);
    EXPECT_EQ(meet(b, 7, noon + 60h), Meeting::First);
}

TEST_F(DuplicateGuardTest, TakesTimesBefore1970) {
    EXPECT_EQ(meet(a, 7, Time(-5h)), Meeting::First);
    EXPECT_EQ(meet(a, 7, Time(-4h)), Meeting::Copy);
}

TEST_F(DuplicateGuardTest, TakesAForgottenKeyForNew) {
    meet(a, 7, noon);

    guard.forget(a);
    guard.forget(b);
    guard.keep();

    EXPECT_EQ(meet(a, 8, noon), Meeting::First);
}

TEST_F(DuplicateGuardTest, IsAsItWasAfterATransactionThatIsUndone) {
    meet(a, 0, noon);
    const auto number = guard.last_number();

    guard.advance(noon + 1s);
    guard.meet(a, 7);
    guard.meet(b, 7);
    guard.forget(a);
    guard.meet(a, 9);
    guard.undo();

    EXPECT_EQ(guard.last_number(), number);
    EXPECT_TRUE(guard.changes().empty());
    EXPECT_EQ(guard.size(), 1U);
    EXPECT_EQ(meet(b, 1, noon + 2s), Meeting::First);
    EXPECT_EQ(meet(a, 2, noon + 2s), Meeting::Copy) << "its subject is not known again";
}

TEST_F(DuplicateGuardTest, NumbersOnlyTransactionsThatChangeSomething) {
    meet(a, 7, noon);
    meet(a, 7, noon);
    meet(a, 8, noon);
    meet(b, 7, noon);

    EXPECT_EQ(guard.last_number(), 2);
}

TEST_F(DuplicateGuardTest, NeedsNoChangesThatAreOlderThanWhatItRemembers) {
    meet(a, 7, noon);
    const auto with_all = guard.oldest_number();
    meet(b, 7, noon + 40h);

    guard.advance(noon + 60h);

    EXPECT_EQ(with_all, 1);
    EXPECT_EQ(guard.oldest_number(), 2);
}

TEST_F(DuplicateGuardTest, IsMadeAgainFromItsChanges) {
    struct Row {
        std::int64_t number;
        Time time;
        DuplicateGuard::Changes changes;
    };
    std::vector<Row> rows;
    const auto end_transaction = [&] {
        if (!guard.changes().empty()) rows.push_back({guard.last_number() + 1, guard.now(), guard.changes()});
        guard.keep();
    };
    for (std::uint64_t i = 1; i <= 2000; ++i) {
        guard.advance(noon + i * 100s);
        guard.meet(numbered(i), i % 3);
        guard.meet(numbered(i / 2), i % 5);
        if (i % 7 == 0) guard.forget(numbered(i / 3));
        end_transaction();
    }

    DuplicateGuard again({.window = 48h, .max_keys = 800}, 2);
    for (const Row& row : rows)
        if (row.number >= guard.oldest_number()) again.restore(row.number, row.time, row.changes);

    EXPECT_EQ(again.size(), guard.size());
    EXPECT_EQ(again.last_number(), guard.last_number());
    EXPECT_EQ(again.oldest_number(), guard.oldest_number());
    for (std::uint64_t i = 1; i <= 2000; ++i) EXPECT_EQ(again.meet(numbered(i), 9), guard.meet(numbered(i), 9)) << i;
}

TEST_F(DuplicateGuardTest, GoesOnBehindTheNumberOfARestoredTransactionWithoutChanges) {
    guard.restore(7, noon, {});

    EXPECT_EQ(guard.last_number(), 7);
}

TEST_F(DuplicateGuardTest, KnowsNothingOnceItIsCleared) {
    meet(a, 7, noon);

    guard.clear();

    EXPECT_EQ(guard.last_number(), 0);
    EXPECT_EQ(meet(a, 7, noon), Meeting::First);
}

}  // namespace
}  // namespace pinrelay::spool
