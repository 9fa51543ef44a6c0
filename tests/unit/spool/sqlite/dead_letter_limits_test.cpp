#include <gtest/gtest.h>

#include <algorithm>

#include "fixtures/sqlite_spool_fixture.hpp"
#include "pinrelay/spool/spool_file.hpp"
#include "spool/sqlite/store.hpp"

// Dead letters have a quota and an age of their own, and cost no live event its place.
namespace pinrelay::spool {
namespace {

using namespace std::chrono_literals;
using test::append;
using test::due_at;
using test::Ids;
using test::lease;
using test::noon;
using test::settle;

constexpr std::uint64_t no_quota = DeadLetterLimits::no_quota;

class LimitedLetters : public test::SqliteSpoolTest {
protected:
    LimitedLetters() { confirmed = clock.clock(); }

    static Record record_of(const std::string& id, const std::string& destination, std::size_t body) {
        Record record = test::record(id, noon, destination);
        record.body.resize(body, ' ');
        return record;
    }

    // One commit each.
    void bury(const std::string& id, std::string_view reason = "refused", const std::string& destination = "shop",
              std::size_t body = usual_body) {
        ASSERT_TRUE(append(*spool, {record_of(id, destination, body)}));
        LeaseRequest request = due_at(clock.now);
        request.destination = destination;
        std::vector<Settlement> settlements;
        for (const auto& stored : *lease(*spool, request))
            settlements.push_back(Settlement::dead(stored.id, reason, ""));
        ASSERT_TRUE(settle(*spool, settlements));
    }

    // Of so many letters of one destination, whose ids have one character.
    static std::uint64_t bytes_of_letters(std::uint64_t letters) { return letters * (300 + usual_body + 1 + 3 * 4); }

    Ids ids() const {
        Ids ids;
        for (const DeadLetter& letter : dead_letters()) ids.push_back(letter.stored.record.event_id);
        std::ranges::sort(ids);
        return ids;
    }

    std::uint64_t removed(const std::string& destination, const std::string& cause) const {
        const auto all = spool->ledger().removed_letters;
        const auto found = all.find({destination, cause});
        return found == all.end() ? 0 : found->second;
    }

    static constexpr std::size_t usual_body = 500;
};

TEST_F(LimitedLetters, TheLeastUsefulGoFirstThenTheOldest) {
    options.dead_letters.max_bytes = bytes_of_letters(4);
    open();
    bury("1");
    bury("2", "too_old");
    bury("3");
    bury("4", "late");

    bury("5");
    const Ids without_the_first = ids();
    bury("6");
    const Ids without_both = ids();
    bury("7");

    EXPECT_EQ(without_the_first, Ids({"1", "3", "4", "5"}));
    EXPECT_EQ(without_both, Ids({"1", "3", "5", "6"}));
    EXPECT_EQ(ids(), Ids({"3", "5", "6", "7"}));
}

TEST_F(LimitedLetters, AFloodOfOneAccountPushesOutItsOwn) {
    options.dead_letters.max_bytes = bytes_of_letters(4);
    open();
    bury("1", "too_old", "blog");
    bury("2", "too_old", "blog");

    for (const std::string id : {"a", "b", "c", "d", "e"}) bury(id, "refused", "shop");

    EXPECT_EQ(ids(), Ids({"1", "2", "d", "e"}));
    EXPECT_EQ(removed("blog", "quota"), 0U);
    EXPECT_EQ(removed("shop", "quota"), 3U);
}

TEST_F(LimitedLetters, TheAccountStaysRightAndTheRemovalIsCountedAndLogged) {
    options.dead_letters.max_bytes = bytes_of_letters(1);
    open();
    for (const std::string id : {"1", "2", "3"}) bury(id);

    const Ledger ledger = spool->ledger();
    EXPECT_EQ(ledger.total("shop"), (Counts{.stored = 3, .dead_lettered = 3}));
    EXPECT_EQ(ledger.dead_by_reason.at({"shop", "refused"}), 3U);
    EXPECT_EQ(ledger.dead_letters.at("shop"), (DeadLetterSize{1, bytes_of_letters(1)}));
    EXPECT_EQ(ledger.dead_letter_max_bytes, bytes_of_letters(1));
    EXPECT_EQ(removed("shop", "quota"), 2U);
    EXPECT_EQ(logger.count(LogLevel::Warn), 1U);  // the next one is due in a minute
    open();
    EXPECT_EQ(removed("shop", "quota"), 2U);
    EXPECT_EQ(spool->ledger().by_label, ledger.by_label);
    bury("4");
    EXPECT_EQ(ids(), Ids({"4"}));
}

TEST_F(LimitedLetters, ALetterThatIsLargerThanTheQuotaIsNotKept) {
    options.dead_letters.max_bytes = 1000;
    open();

    bury("1", "refused", "shop", 100'000);

    EXPECT_TRUE(ids().empty());
    EXPECT_TRUE(spool->ledger().dead_letters.empty());
}

TEST_F(LimitedLetters, TheSumsAreRightWhicheverProgramChangesTheTable) {
    open();
    for (const std::string id : {"1", "2", "3", "4"}) bury(id, id == "4" ? "too_old" : "refused");
    SpoolFile tool(options.directory, SpoolFile::Access::Write);
    Selection first;
    first.numbers = {1};
    Selection second;
    second.numbers = {2};

    tool.purge(first);
    tool.replay(second, [](const DeadLetter& letter) { return letter.stored.record; });
    ASSERT_TRUE(append(*spool, {}));
    const auto after_tools = spool->ledger().dead_letters;
    spool->close();
    run_sql("DELETE FROM dead_letter WHERE reason = 'too_old'");
    run_sql("UPDATE dead_letter SET body = body || 'xyz'");
    open();

    EXPECT_EQ(after_tools.at("shop"), (DeadLetterSize{2, bytes_of_letters(2)}));
    EXPECT_EQ(spool->ledger().dead_letters.at("shop"), (DeadLetterSize{1, bytes_of_letters(1) + 3}));
}

TEST_F(LimitedLetters, SumsThatAreWrongAreCountedAgainAtAStart) {
    open();
    bury("1");
    spool->close();
    run_sql("DROP TRIGGER dead_letter_taken; DELETE FROM dead_letter");

    open();

    EXPECT_TRUE(spool->ledger().dead_letters.empty());
    EXPECT_EQ(logger.count(LogLevel::Error, "counted again"), 1U);
}

TEST_F(LimitedLetters, WhatAToolMakesTooManyOfIsRemovedToo) {
    options.dead_letters.max_bytes = bytes_of_letters(2);
    open();
    bury("1");
    bury("2");

    run_sql(
        "INSERT INTO dead_letter SELECT 9, 9, destination, event_name, event_label, event_id, event_time, "
        "deduplicated, accepted, attempts, reason, message, died, body, source_name FROM dead_letter WHERE number = 1");

    EXPECT_TRUE(comes_true([this] { return removed("shop", "quota") == 1; }));
    EXPECT_EQ(spool->ledger().dead_letters.at("shop").letters, 2U);
}

TEST_F(LimitedLetters, AQuotaThatIsLoweredRemovesTheSurplusByItself) {
    open();
    for (const std::string id : {"1", "2", "3", "4"}) bury(id);

    spool->limit_dead_letters({bytes_of_letters(1), 0ms});

    EXPECT_TRUE(comes_true([this] { return removed("shop", "quota") == 3; }));
    EXPECT_EQ(ids(), Ids({"4"}));
}

TEST_F(LimitedLetters, AQuotaThatIsLoweredAtAStartRemovesTheSurplusByItself) {
    open();
    for (const std::string id : {"1", "2", "3", "4"}) bury(id);
    options.dead_letters.max_bytes = bytes_of_letters(1);

    open();

    EXPECT_TRUE(comes_true([this] { return removed("shop", "quota") == 3; }));
}

TEST_F(LimitedLetters, GoWhenTheyAreOlderThanTheirAge) {
    options.dead_letters.keep = 24h * 30;
    open();
    bury("1");
    clock.now += 24h;
    bury("2");

    clock.now += 24h * 29;
    ASSERT_TRUE(append(*spool, {}));
    const Ids on_the_day = ids();
    clock.now += 1min;
    ASSERT_TRUE(append(*spool, {}));

    EXPECT_EQ(on_the_day, Ids({"1", "2"}));
    EXPECT_EQ(ids(), Ids({"2"}));
    EXPECT_EQ(removed("shop", "age"), 1U);
    EXPECT_EQ(spool->ledger().total("shop").dead_lettered, 2U);
}

TEST_F(LimitedLetters, OnlyAConfirmedTimeMakesThemOld) {
    Time certain = noon;
    confirmed = [&certain] { return certain; };
    options.dead_letters.keep = 24h * 30;
    open();
    bury("1");

    clock.now += 24h * 31;
    ASSERT_TRUE(append(*spool, {}));
    const Ids while_it_may_be_a_jump = ids();
    certain += 24h * 31;
    ASSERT_TRUE(append(*spool, {}));

    EXPECT_EQ(while_it_may_be_a_jump, Ids({"1"}));
    EXPECT_TRUE(ids().empty());
    spool.reset();  // before what its clock refers to is gone
}

TEST_F(LimitedLetters, OneTransactionRemovesNoMoreThanItsBudget) {
    open();
    for (const std::string id : {"1", "2", "3", "4", "5"}) bury(id);
    spool->close();
    Store store(file());
    auto sizes = store.counts().dead_letters();
    LedgerChange change;

    LetterRemoval::Budget three{3, 1'000'000};
    store.removal().remove_surplus(0, sizes, three, change);
    LetterRemoval::Budget one_letter_of_any_size{5, 1};
    store.removal().remove_surplus(0, sizes, one_letter_of_any_size, change);
    LetterRemoval::Budget none{0, 1'000'000};
    const bool some_left = store.removal().remove_died_before(noon + 1h, sizes, none, change);

    EXPECT_EQ(sizes.at("shop"), (DeadLetterSize{1, bytes_of_letters(1)}));
    EXPECT_EQ(change.removed_letters.at({"shop", "quota"}), 4U);
    EXPECT_TRUE(some_left);
    EXPECT_EQ(ids(), Ids({"5"}));
}

constexpr std::uint64_t small_store = 2ULL * 1024 * 1024;

TEST_F(LimitedLetters, ManyTimesTheStoreInDeadLettersRefusesNoEvent) {
    options.max_bytes = small_store;
    options.dead_letters.max_bytes = small_store / 10;
    open();

    for (int i = 0; i < 300; ++i) bury(std::to_string(i), "too_old", "shop", 30'000);  // 9 MB

    EXPECT_LE(spool->ledger().dead_letters.at("shop").bytes, small_store / 10);
    EXPECT_LT(spool->ledger().bytes, small_store / 2);
}

TEST_F(LimitedLetters, LiveEventsMayTakeAllButTheQuota) {
    options.max_bytes = small_store;
    options.dead_letters.max_bytes = small_store / 10;
    open();
    for (int i = 0; i < 50; ++i) bury(std::to_string(i), "too_old", "shop", 30'000);

    std::uint64_t taken = 0;
    while (append(*spool, {record_of("live" + std::to_string(taken), "shop", 10'000)})) ++taken;

    EXPECT_TRUE(spool->ledger().full);
    EXPECT_GT(taken * 12'288, (small_store - small_store / 10) * 9 / 10);  // three pages each, and those of indexes
    bury("more");  // delivery goes on; its settlement makes room
}

TEST_F(LimitedLetters, AFileFullOfDeadLettersTakesEventsAtOnce) {
    options.max_bytes = small_store;
    options.dead_letters.max_bytes = no_quota;
    open();
    while (append(*spool, {record_of("x", "shop", 30'000)})) {
        std::vector<Settlement> settlements;
        for (const auto& stored : *lease(*spool, due_at(clock.now)))
            settlements.push_back(Settlement::dead(stored.id, "too_old", ""));
        ASSERT_TRUE(settle(*spool, settlements));
    }
    options.dead_letters.max_bytes = small_store / 10;

    open();

    EXPECT_TRUE(append(*spool, {record_of("live", "shop", 30'000)}));
    EXPECT_TRUE(comes_true([this] { return spool->ledger().all_dead_letters().bytes <= small_store / 10; }));
    EXPECT_TRUE(comes_true([this] { return spool->ledger().bytes < small_store / 2; }));
}

// A reader keeps the WAL, which counts beyond 16 MiB.
TEST_F(LimitedLetters, AFullStoreFindsOutThatTheReaderHasGone) {
    options.max_bytes = 4 * small_store;
    open();
    Connection reader(file(), Connection::Access::ReadOnly);
    reader.run("BEGIN");
    reader.number("SELECT count(*) FROM record");
    while (append(*spool, {record_of("x", "shop", 900'000)}))
        ASSERT_TRUE(settle(*spool, {Settlement::delivered(lease(*spool, due_at(clock.now))->front().id)}));
    ASSERT_TRUE(spool->ledger().full);
    EXPECT_GT(spool->ledger().bytes, 3 * small_store);

    reader.run("COMMIT");

    EXPECT_TRUE(comes_true([this] { return !spool->ledger().full; }));
    EXPECT_LT(spool->ledger().bytes, 2 * small_store);
    EXPECT_TRUE(append(*spool, {record_of("y", "shop", 900'000)}));
}

}  // namespace
}  // namespace pinrelay::spool
