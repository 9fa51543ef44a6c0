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
    DuplicateCheck check(EventKey key, std::uint64_t subject, Time now) {
        guard.advance(now);
        const DuplicateCheck found = guard.check_and_remember(key, subject);
        guard.keep();
        return found;
    }

    DuplicateGuard guard{{.window = 48h, .max_keys = 800}, 1};
};

TEST_F(DuplicateGuardTest, TakesTheSameKeyAndSubjectForACopy) {
    EXPECT_EQ(check(a, 7, noon), DuplicateCheck::FirstSeen);
    EXPECT_EQ(check(a, 7, noon + 1s), DuplicateCheck::Duplicate);
    EXPECT_EQ(check(b, 7, noon + 1s), DuplicateCheck::FirstSeen);
}

TEST_F(DuplicateGuardTest, TakesAnotherSubjectForAReusedId) {
    check(a, 7, noon);

    EXPECT_EQ(check(a, 8, noon), DuplicateCheck::ReusedId);
    EXPECT_EQ(check(a, 9, noon), DuplicateCheck::ReusedId);
    EXPECT_EQ(check(a, 7, noon), DuplicateCheck::Duplicate);
}

TEST_F(DuplicateGuardTest, TakesAnUnknownSubjectForTheSame) {
    check(a, 7, noon);
    check(b, 0, noon);

    EXPECT_EQ(check(a, 0, noon), DuplicateCheck::Duplicate);
    EXPECT_EQ(check(b, 0, noon), DuplicateCheck::Duplicate);
}

TEST_F(DuplicateGuardTest, LearnsTheSubjectFromTheFirstCopyThatHasOne) {
    check(a, 0, noon);

    EXPECT_EQ(check(a, 7, noon), DuplicateCheck::Duplicate);
    EXPECT_EQ(check(a, 8, noon), DuplicateCheck::ReusedId);
}

TEST_F(DuplicateGuardTest, RemembersForTheWholeWindowAndAnEighthLongerAtMost) {
    for (int minutes = 0; minutes < 60 * 6; minutes += 7) {
        DuplicateGuard each({.window = 48h, .max_keys = 800}, 1);
        const auto seen_at = [&each](Time now) {
            each.advance(now);
            return each.check_and_remember(a, 7);
        };
        const Time first = noon + std::chrono::minutes(minutes);

        EXPECT_EQ(seen_at(first), DuplicateCheck::FirstSeen);
        EXPECT_EQ(seen_at(first + 48h), DuplicateCheck::Duplicate) << minutes;
        EXPECT_EQ(seen_at(first + 54h), DuplicateCheck::FirstSeen) << minutes;
    }
}

TEST_F(DuplicateGuardTest, CountsFromTheFirstAndNotFromTheCopies) {
    check(a, 7, noon);
    check(a, 7, noon + 47h);

    EXPECT_EQ(check(a, 7, noon + 55h), DuplicateCheck::FirstSeen);
}

TEST_F(DuplicateGuardTest, FreesWhatHasExpired) {
    for (std::uint64_t i = 1; i <= 50; ++i) check(numbered(i), 0, noon);

    guard.advance(noon + 100 * 24h);

    EXPECT_EQ(guard.size(), 0U);
}

TEST_F(DuplicateGuardTest, ForgetsTheOldestBeyondItsMostKeys) {
    for (std::uint64_t i = 1; i <= 900; ++i) check(numbered(i), 0, noon);

    EXPECT_LE(guard.size(), 800U);
    EXPECT_GE(guard.size(), 700U);
    EXPECT_EQ(check(numbered(900), 0, noon), DuplicateCheck::Duplicate);
    EXPECT_EQ(check(numbered(201), 0, noon), DuplicateCheck::Duplicate);
    EXPECT_EQ(check(numbered(1), 0, noon), DuplicateCheck::FirstSeen);
}

TEST_F(DuplicateGuardTest, GoesOnWhenTheClockIsSetBack) {
    check(a, 7, noon + 365 * 24h);

    EXPECT_EQ(check(a, 7, noon), DuplicateCheck::Duplicate);
    EXPECT_EQ(check(b, 7, noon), DuplicateCheck::FirstSeen);
    EXPECT_EQ(check(b, 7, noon + 48h), DuplicateCheck::Duplicate);
    EXPECT_EQ(check(b, 7, noon + 60h), DuplicateCheck::FirstSeen);
}

TEST_F(DuplicateGuardTest, TakesTimesBefore1970) {
    EXPECT_EQ(check(a, 7, Time(-5h)), DuplicateCheck::FirstSeen);
    EXPECT_EQ(check(a, 7, Time(-4h)), DuplicateCheck::Duplicate);
}

TEST_F(DuplicateGuardTest, TakesAForgottenKeyForNew) {
    check(a, 7, noon);

    guard.forget(a);
    guard.forget(b);
    guard.keep();

    EXPECT_EQ(check(a, 8, noon), DuplicateCheck::FirstSeen);
}

TEST_F(DuplicateGuardTest, IsAsItWasAfterATransactionThatIsUndone) {
    check(a, 0, noon);
    const auto number = guard.last_number();

    guard.advance(noon + 1s);
    guard.check_and_remember(a, 7);
    guard.check_and_remember(b, 7);
    guard.forget(a);
    guard.check_and_remember(a, 9);
    guard.undo();

    EXPECT_EQ(guard.last_number(), number);
    EXPECT_TRUE(guard.changes().empty());
    EXPECT_EQ(guard.size(), 1U);
    EXPECT_EQ(check(b, 1, noon + 2s), DuplicateCheck::FirstSeen);
    EXPECT_EQ(check(a, 2, noon + 2s), DuplicateCheck::Duplicate) << "its subject is not known again";
}

TEST_F(DuplicateGuardTest, NumbersOnlyTransactionsThatChangeSomething) {
    check(a, 7, noon);
    check(a, 7, noon);
    check(a, 8, noon);
    check(b, 7, noon);

    EXPECT_EQ(guard.last_number(), 2);
}

TEST_F(DuplicateGuardTest, NeedsNoChangesThatAreOlderThanWhatItRemembers) {
    check(a, 7, noon);
    const auto with_all = guard.oldest_number();
    check(b, 7, noon + 40h);

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
        guard.check_and_remember(numbered(i), i % 3);
        guard.check_and_remember(numbered(i / 2), i % 5);
        if (i % 7 == 0) guard.forget(numbered(i / 3));
        end_transaction();
    }

    DuplicateGuard again({.window = 48h, .max_keys = 800}, 2);
    for (const Row& row : rows)
        if (row.number >= guard.oldest_number()) again.restore(row.number, row.time, row.changes);

    EXPECT_EQ(again.size(), guard.size());
    EXPECT_EQ(again.last_number(), guard.last_number());
    EXPECT_EQ(again.oldest_number(), guard.oldest_number());
    for (std::uint64_t i = 1; i <= 2000; ++i)
        EXPECT_EQ(again.check_and_remember(numbered(i), 9), guard.check_and_remember(numbered(i), 9)) << i;
}

TEST_F(DuplicateGuardTest, GoesOnBehindTheNumberOfARestoredTransactionWithoutChanges) {
    guard.restore(7, noon, {});

    EXPECT_EQ(guard.last_number(), 7);
}

TEST_F(DuplicateGuardTest, KnowsNothingOnceItIsCleared) {
    check(a, 7, noon);

    guard.clear();

    EXPECT_EQ(guard.last_number(), 0);
    EXPECT_EQ(check(a, 7, noon), DuplicateCheck::FirstSeen);
}

}  // namespace
}  // namespace pinrelay::spool
