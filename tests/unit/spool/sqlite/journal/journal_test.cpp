#include "pinrelay/spool/journal.hpp"

#include <gtest/gtest.h>

#include "fixtures/sqlite_spool_fixture.hpp"

// What the store writes to its journal, and what is found in it.
namespace pinrelay::spool {
namespace {

using namespace std::chrono_literals;
using test::append;
using test::append_arrivals;
using test::arrivals;
using test::due_at;
using test::lease;
using test::noon;
using test::record;
using test::settle;

class Journal : public test::SqliteSpoolTest {
protected:
    Journal() {
        options.journal.keep = 24h * 14;
        options.duplicates.window = 48h;
        confirmed = clock.clock();
        open();
    }

    FoundEvents with_id(const std::string& id) { return JournalFile(options.directory).with_event_id(id, 20); }
    FoundEvents of_order(const std::string& id) { return JournalFile(options.directory).of_order(id, 20); }
    FoundEvents last(std::size_t limit) { return JournalFile(options.directory).last(limit); }

    FoundEvent only(const FoundEvents& found) {
        EXPECT_EQ(found.events.size(), 1U);
        return found.events.empty() ? FoundEvent() : found.events.front();
    }

    // Leases what is due and settles it.
    void end_all(const std::function<Settlement(RecordId)>& end) {
        std::vector<Settlement> settlements;
        const auto leased = lease(*spool, due_at(clock.now));
        for (const auto& stored : *leased) settlements.push_back(end(stored.id));
        ASSERT_TRUE(settle(*spool, std::move(settlements)).has_value());
    }
    void deliver_all(const std::string& warnings = {}) {
        end_all([&](RecordId id) { return Settlement::delivered(id, warnings); });
    }

    // A commit of its own, so that a transaction that was due is over.
    void commit_something() { ASSERT_TRUE(append(*spool, {record("other " + std::to_string(++others_))}).has_value()); }

    bool is_empty_table(const std::string& table) {
        Connection connection(file(), Connection::Access::ReadOnly);
        return connection.number("SELECT count(*) FROM " + table) == 0;
    }

    int others_ = 0;
};

DroppedEvent dropped(const std::string& id, const std::string& order = {}) {
    return {"shop", "purchase", id, order, "consent"};
}

TEST_F(Journal, AnEventIsPendingUntilItIsDelivered) {
    ASSERT_TRUE(append(*spool, {record("a")}).has_value());
    clock.now += 5s;

    const FoundEvent waits = only(with_id("a"));
    deliver_all();
    const FoundEvent gone = only(with_id("a"));

    EXPECT_EQ(waits.time, noon);
    EXPECT_EQ(waits.what, Happened::Accepted);
    EXPECT_EQ(waits.account, "shop");
    EXPECT_EQ(waits.event_label, "checkout");
    EXPECT_TRUE(waits.pending);
    EXPECT_TRUE(waits.outcomes.empty());
    EXPECT_FALSE(gone.pending);
    EXPECT_EQ(gone.outcomes, (std::vector<FoundOutcome>{{noon + 5s, Happened::Delivered, ""}}));
}

TEST_F(Journal, HasTheKindsOfWarnings) {
    append(*spool, {record("a")});

    deliver_all("click_id_missing,external_id_missing");

    EXPECT_EQ(only(with_id("a")).outcomes.at(0).reason, "click_id_missing,external_id_missing");
}

TEST_F(Journal, HasTheReasonOfADeadLetterAndWhatCameAfterIt) {
    append(*spool, {record("a")});
    end_all([](RecordId id) { return Settlement::dead(id, "refused", "the destination's words"); });
    SpoolFile(options.directory, SpoolFile::Access::Write).replay({}, [](const DeadLetter& letter) {
        return letter.stored.record;
    });

    const FoundEvent replayed = only(with_id("a"));
    deliver_all();
    const FoundEvent delivered = only(with_id("a"));

    EXPECT_TRUE(replayed.pending);
    EXPECT_EQ(replayed.outcomes, (std::vector<FoundOutcome>{{noon, Happened::DeadLetter, "refused"}}));
    ASSERT_EQ(delivered.outcomes.size(), 2U);
    EXPECT_EQ(delivered.outcomes[1].what, Happened::Delivered);
}

TEST_F(Journal, HasRecordsThatExpired) {
    append(*spool, {record("a")});

    ASSERT_EQ(test::expire(*spool, noon + 1s).value(), 1U);

    EXPECT_EQ(only(with_id("a")).outcomes, (std::vector<FoundOutcome>{{noon, Happened::DeadLetter, "too_old"}}));
}

TEST_F(Journal, ADuplicateLeadsToTheEventThatWasSent) {
    append(*spool, {record("a")});
    deliver_all();
    clock.now += 1s;
    append(*spool, {record("a")});

    const FoundEvents found = with_id("a");

    ASSERT_EQ(found.events.size(), 2U);
    EXPECT_EQ(found.events[0].what, Happened::Duplicate);
    EXPECT_EQ(found.events[0].time, noon + 1s);
    EXPECT_EQ(found.events[0].record, found.events[1].record);
    EXPECT_EQ(found.events[0].outcomes, found.events[1].outcomes);
    EXPECT_EQ(found.events[1].what, Happened::Accepted);
}

TEST_F(Journal, ADuplicateThatIsSentAfterAllHasAnEntryOfItsOwn) {
    append(*spool, {record("a")});
    lease(*spool, due_at(clock.now));
    auto copy = record("a");
    copy.body = R"({"event_id":"a","more":1})";
    append(*spool, {copy});
    const RecordId first = only(last(1)).record;

    settle(*spool, {Settlement::dead(first, "refused", "")});

    const FoundEvents found = with_id("a");
    ASSERT_EQ(found.events.size(), 3U);
    EXPECT_EQ(found.events[0].what, Happened::SentAfterAll);
    EXPECT_TRUE(found.events[0].pending);
    EXPECT_NE(found.events[0].record, first);
}

TEST_F(Journal, FindsAnOrderByItsId) {
    auto with_order = arrivals({record("a"), record("b")});
    with_order[0].order_id = "4711";
    append_arrivals(*spool, std::move(with_order));

    EXPECT_EQ(only(of_order("4711")).record, only(with_id("a")).record);
    EXPECT_TRUE(of_order("a").events.empty());
    EXPECT_TRUE(with_id("4711").events.empty());
}

TEST_F(Journal, HasEventsThatWereDroppedBeforeTheStore) {
    spool->note_dropped({dropped("a", "4711")});
    commit_something();

    FoundEvent wanted;
    wanted.time = noon;
    wanted.what = Happened::Dropped;
    wanted.account = "shop";
    wanted.source_name = "purchase";
    wanted.reason = "consent";
    EXPECT_EQ(only(with_id("a")), wanted);
    EXPECT_EQ(only(of_order("4711")), wanted);
}

TEST_F(Journal, WritesDroppedEventsAlsoWhereNothingElseHappens) {
    spool->note_dropped({dropped("a")});

    EXPECT_TRUE(comes_true([this] { return !with_id("a").events.empty(); }));
}

TEST_F(Journal, WritesTheLastDroppedEventsBeforeItIsClosed) {
    spool->note_dropped({dropped("a")});
    spool->close();

    EXPECT_EQ(only(with_id("a")).what, Happened::Dropped);
}

TEST_F(Journal, GivesTheLastEventsTheNewestFirst) {
    append(*spool, {record("a")});
    append(*spool, {record("b"), record("c")});
    clock.now += 1s;
    append(*spool, {record("d")});

    const FoundEvents found = last(2);

    ASSERT_EQ(found.events.size(), 2U);
    EXPECT_EQ(found.events[0].time, noon + 1s);
    EXPECT_EQ(found.events[1].record, only(with_id("c")).record);
    EXPECT_TRUE(found.more);
    EXPECT_EQ(found.entries, 4U);
    EXPECT_FALSE(last(4).more);
}

TEST_F(Journal, KnowsSinceWhenItIs) {
    EXPECT_EQ(last(1).since, std::nullopt);
    append(*spool, {record("a")});
    clock.now += 1h;
    append(*spool, {record("b")});

    EXPECT_EQ(with_id("nothing of the kind").since, noon);
}

TEST_F(Journal, GoesOnAfterAnotherOpening) {
    append(*spool, {record("a")});
    spool->note_dropped({dropped("x")});
    deliver_all();
    open();
    append(*spool, {record("b")});
    deliver_all();

    EXPECT_EQ(only(with_id("a")).outcomes.size(), 1U);
    EXPECT_EQ(only(with_id("b")).outcomes.size(), 1U);
    EXPECT_EQ(only(with_id("x")).what, Happened::Dropped);
    EXPECT_EQ(spool->ledger().journal->entries, 3U);
}

TEST_F(Journal, FindsEntriesOfSealedSegmentsAndOfTheOpenOne) {
    append(*spool, {record("a"), record("b")});
    deliver_all();
    for (int day = 1; day <= 3; ++day) {
        clock.now += 25h;
        append(*spool, {record("day " + std::to_string(day))});
    }

    EXPECT_FALSE(is_empty_table("journal_segment"));
    EXPECT_EQ(only(with_id("b")).outcomes.size(), 1U);
    EXPECT_EQ(only(with_id("day 1")).time, noon + 25h);
    EXPECT_EQ(only(with_id("day 3")).time, noon + 75h);
    open();
    EXPECT_EQ(only(with_id("a")).what, Happened::Accepted);
    EXPECT_EQ(spool->ledger().journal->entries, 5U);
}

TEST_F(Journal, RemovesWhatIsTooOld) {
    append(*spool, {record("a")});
    deliver_all();
    clock.now += 25h;
    append(*spool, {record("b")});
    ASSERT_EQ(only(with_id("a")).outcomes.size(), 1U);

    clock.now += 24h * 15;
    append(*spool, {record("c")});

    EXPECT_TRUE(with_id("a").events.empty());
    EXPECT_EQ(only(with_id("c")).time, clock.now);
    EXPECT_EQ(spool->ledger().journal->removed_early, 0U);
    EXPECT_TRUE(is_empty_table("journal_segment"));
    EXPECT_TRUE(is_empty_table("journal_keys"));
    EXPECT_EQ(last(20).events.size(), 1U);
}

TEST_F(Journal, RemovesWhatIsTooOldAlsoWhereNothingHappens) {
    append(*spool, {record("a")});
    clock.now += 25h;
    append(*spool, {record("b")});
    clock.now += 24h * 15;

    EXPECT_TRUE(comes_true([this] { return with_id("a").events.empty(); }));
}

TEST_F(Journal, RemovesTheOldestWhereItIsTooLarge) {
    options.journal.max_bytes = 1000 * bytes_of_journal_entry;
    open();

    std::vector<Record> records;
    records.reserve(300);
    for (int i = 0; i < 300; ++i) records.push_back(record(std::to_string(i)));
    for (int i = 0; i < 5; ++i) {
        for (auto& each : records) each.event_id += "x";
        ASSERT_TRUE(append(*spool, records).has_value());
    }

    EXPECT_TRUE(with_id("1x").events.empty());
    EXPECT_EQ(only(with_id("1xxxxx")).what, Happened::Accepted);
    const auto size = spool->ledger().journal.value();
    EXPECT_LE(size.entries, 1000U);
    EXPECT_GE(size.removed_early, 300U);
    EXPECT_EQ(logger.count(LogLevel::Warn), 1U);
    EXPECT_TRUE(comes_true([this] {
        Connection connection(file(), Connection::Access::ReadOnly);
        return connection.number("SELECT min(number) FROM journal") > 300;
    }));
}

TEST_F(Journal, DroppedEventsFillHalfOfItAtMost) {
    options.journal.max_bytes = 1000 * bytes_of_journal_entry;
    open();

    std::vector<DroppedEvent> flood;
    flood.reserve(800);
    for (int i = 0; i < 800; ++i) flood.push_back(dropped(std::to_string(i)));
    spool->note_dropped(flood);
    commit_something();
    commit_something();

    EXPECT_EQ(spool->ledger().journal->left_out, 300U);
    EXPECT_EQ(spool->ledger().journal->entries, 502U);
}

TEST_F(Journal, IsGoneWhereItIsSwitchedOff) {
    append(*spool, {record("a")});
    options.journal.keep = 0ms;
    open();
    append(*spool, {record("b")});

    EXPECT_FALSE(spool->has_journal());
    EXPECT_EQ(spool->ledger().journal, std::nullopt);
    for (const char* table : {"journal", "journal_outcome", "journal_segment", "journal_keys", "journal_kind"})
        EXPECT_TRUE(is_empty_table(table)) << table;
}

TEST_F(Journal, HoldsNoIdInPlainText) {
    auto with_order = arrivals({record("event-4711")});
    with_order[0].order_id = "order-4711";
    append_arrivals(*spool, std::move(with_order));
    spool->note_dropped({dropped("dropped-4711")});
    commit_something();

    Connection connection(file(), Connection::Access::ReadOnly);
    EXPECT_EQ(connection.number("SELECT count(*) FROM journal WHERE instr(CAST(entries AS TEXT), '4711')"), 0);
    EXPECT_EQ(connection.number("SELECT count(*) FROM journal_kind WHERE source_name || reason LIKE '%4711%'"), 0);
}

}  // namespace
}  // namespace pinrelay::spool
