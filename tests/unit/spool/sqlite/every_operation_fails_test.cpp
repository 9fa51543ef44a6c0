#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "fixtures/faulty_disk.hpp"
#include "fixtures/sqlite_spool_fixture.hpp"
#include "pinrelay/spool/check.hpp"

// A short life of the spool, in which one operation of the disk fails: the first, then in another life the second, and
// so on until there are no more.
namespace pinrelay::spool {
namespace {

using IdSet = std::set<std::string>;
using Operation = test::FaultyDisk::Operation;

struct Case {
    const char* name;
    Operation operation;
    bool until_healed;
    bool torn;
};

void PrintTo(const Case& value, std::ostream* out) { *out << value.name; }

// What the spool was told and has confirmed.
struct Book {
    IdSet pending;
    IdSet dead;
    Counts counts;

    Book with_stored(const IdSet& ids) const {
        Book after = *this;
        after.pending.insert(ids.begin(), ids.end());
        after.counts.stored += ids.size();
        return after;
    }
    Book with_delivered(const std::string& id) const {
        Book after = *this;
        after.pending.erase(id);
        ++after.counts.delivered;
        return after;
    }
    Book with_dead(const std::string& id) const {
        Book after = *this;
        after.pending.erase(id);
        after.dead.insert(id);
        ++after.counts.dead_lettered;
        return after;
    }
};

class SqliteOnDiskWithOneFault : public test::SqliteSpoolTest, public testing::WithParamInterface<Case> {
protected:
    SqliteOnDiskWithOneFault() {
        disk.passes_syncs_on = false;
        options.duplicates.window = std::chrono::hours(1);
        options.journal.keep = std::chrono::hours(24);
    }
    ~SqliteOnDiskWithOneFault() override { spool.reset(); }

    void begin(int number) {
        spool.reset();
        options.directory = root.path() / std::to_string(number);
        book = {};
        disk.plan({GetParam().operation, number, GetParam().until_healed, GetParam().torn});
    }

    // A start may fail with the disk; the next one works.
    void start() {
        try {
            open();
        } catch (const std::runtime_error&) {
            disk.heal();
            open();
        }
    }

    // Does it, and notes what it comes to if it succeeds. When it fails the disk is mended, and the spool goes on by
    // itself with what it had before.
    void step(const std::function<bool()>& call, const Book& after) {
        if (call()) {
            book = after;
            return;
        }
        disk.heal();
        EXPECT_TRUE(becomes_writable());
        const Counts counts = spool->ledger().total();
        if (may_come_back() && counts == after.counts) book = after;
        EXPECT_EQ(counts, book.counts);
    }

    // A commit whose sync failed is undone by writing over its beginning. Where the disk refuses that as well it is
    // found whole when the disk works again; there is no telling that its callers have given it up.
    bool may_come_back() const { return GetParam().operation == Operation::Any; }

    void store(const IdSet& ids) {
        std::vector<Record> records;
        for (const std::string& id : ids) records.push_back(test::record(id));
        step([&] { return test::append(*spool, records).has_value(); }, book.with_stored(ids));
    }

    std::vector<StoredRecord> take(std::size_t most) {
        std::vector<StoredRecord> taken;
        const auto call = [&] {
            auto leased = test::lease(*spool, test::due_at(test::noon, most));
            if (leased) taken = std::move(*leased);
            return leased.has_value();
        };
        step(call, book);
        return taken;
    }

    void settle(const Settlement& settlement, const Book& after) {
        step([&] { return test::settle(*spool, {settlement}).has_value(); }, after);
    }

    void live() {
        start();
        store({"a", "b"});
        store({"c"});
        store({"d", "e"});
        const auto taken = take(3);
        if (taken.size() == 3) {
            settle(test::delivered(taken[0].id), book.with_delivered(taken[0].record.event_id));
            settle(test::dead(taken[1].id, "refused"), book.with_dead(taken[1].record.event_id));
            settle(test::retry(taken[2].id, test::noon), book);
        }
        spool->close();
        start();
        store({"f"});
        for (const StoredRecord& stored : take(1))
            settle(test::delivered(stored.id), book.with_delivered(stored.record.event_id));
        spool->close();
    }

    void expect_what_the_book_says() {
        disk.heal();
        open();
        IdSet pending;
        for (const std::string& id : test::event_ids(test::lease(*spool, test::due_at(test::noon)))) pending.insert(id);
        IdSet dead;
        for (const DeadLetter& letter : dead_letters()) dead.insert(letter.stored.record.event_id);

        EXPECT_EQ(pending, book.pending);
        EXPECT_EQ(dead, book.dead);
        EXPECT_EQ(spool->ledger().total(), book.counts);
        expect_the_same_of_the_journal();
        EXPECT_EQ(logger.count(LogLevel::Error, "moved aside"), 0U);
        EXPECT_EQ(logger.count(LogLevel::Error, "did not agree"), 0U);
    }

    void expect_the_same_of_the_journal() {
        JournalFile journal(options.directory);
        EXPECT_EQ(journal.last(100).events.size(), book.counts.stored);
        for (const std::string& id : book.pending) {
            const auto found = journal.with_event_id(id, 1).events;
            EXPECT_TRUE(found.size() == 1 && found[0].pending && found[0].outcomes.empty()) << id;
        }
        for (const std::string& id : book.dead) {
            const auto found = journal.with_event_id(id, 1).events;
            ASSERT_TRUE(found.size() == 1 && found[0].outcomes.size() == 1) << id;
            EXPECT_EQ(found[0].outcomes[0].what, Happened::DeadLetter);
        }
    }

    static Arrival purchase(model::Trust trust, std::uint64_t subject, const std::string& what) {
        Arrival arrival{test::record("purchase"), subject, trust, {.value = 79}};
        arrival.record.body = R"({"event_id":"purchase","what":")" + what + "\"}";
        return arrival;
    }

    void send(const std::vector<Arrival>& arrivals) {
        if (test::append_arrivals(*spool, arrivals)) {
            acknowledged += arrivals.size();
            return;
        }
        refused += arrivals.size();
        disk.heal();
        EXPECT_TRUE(becomes_writable());
    }

    void settle_all(const std::function<Settlement(RecordId)>& fate) {
        const auto leased = test::lease(*spool, test::due_at(test::noon));
        std::vector<Settlement> settlements;
        if (leased)
            for (const StoredRecord& stored : *leased) settlements.push_back(fate(stored.id));
        if (leased && test::settle(*spool, settlements)) return;
        disk.heal();
        EXPECT_TRUE(becomes_writable());
        test::settle(*spool, settlements);
    }

    // Forged purchases and the true one, which displaces them; a copy of it, which is sent once it is refused.
    void live_with_duplicates() {
        using model::Trust;
        acknowledged = refused = 0;
        start();
        send({purchase(Trust::Anonymous, 1, "forged"), purchase(Trust::Anonymous, 2, "forged too")});
        send({purchase(Trust::Signed, 7, "true")});
        send({purchase(Trust::Signed, 7, "copy")});
        settle_all([](RecordId id) { return test::dead(id, "refused"); });
        send({purchase(Trust::Anonymous, 1, "forged"), purchase(Trust::Signed, 7, "copy")});
        spool->close();
        start();
        settle_all(test::delivered);
        spool->close();
    }

    void expect_that_all_agrees() {
        disk.heal();
        open();
        const Counts counts = spool->ledger().total();
        spool->close();

        EXPECT_EQ(problems_of(file(), [](const Record&) { return true; }), std::vector<std::string>());
        const auto taken = counts.stored + counts.folded - counts.unfolded;
        EXPECT_GE(taken, acknowledged);
        EXPECT_LE(taken, acknowledged + (may_come_back() ? refused : 0));
        EXPECT_EQ(logger.count(LogLevel::Error, "did not agree"), 0U);
    }

    test::FaultyDisk disk;
    Book book;
    std::uint64_t acknowledged = 0;
    std::uint64_t refused = 0;
};

TEST_P(SqliteOnDiskWithOneFault, KeepsWhatItConfirmedAndNothingElse) {
    int number = 0;
    bool struck = true;
    while (struck && !HasFailure()) {
        SCOPED_TRACE("operation " + std::to_string(++number));
        begin(number);

        live();
        struck = disk.struck();

        expect_what_the_book_says();
    }

    // Making the file, six changes, two openings and two closings have more than that of each kind.
    EXPECT_GT(number, 4);
}

TEST_P(SqliteOnDiskWithOneFault, DisplacesAndBringsBackAltogetherOrNotAtAll) {
    options.duplicates.window = std::chrono::hours(48);
    bool struck = true;
    // Every fifth operation: a commit has several, and all of them take minutes.
    for (int number = 1; struck && !HasFailure(); number += 5) {
        SCOPED_TRACE("operation " + std::to_string(number));
        begin(number);

        live_with_duplicates();
        struck = disk.struck();

        expect_that_all_agrees();
    }
}

INSTANTIATE_TEST_SUITE_P(Each, SqliteOnDiskWithOneFault,
                         testing::Values(Case{"WriteOnce", Operation::Write, false, false},
                                         Case{"WriteOnceHalfDone", Operation::Write, false, true},
                                         Case{"WriteUntilHealed", Operation::Write, true, false},
                                         Case{"WriteUntilHealedHalfDone", Operation::Write, true, true},
                                         Case{"SyncOnce", Operation::Sync, false, false},
                                         Case{"SyncUntilHealed", Operation::Sync, true, false},
                                         Case{"TruncateOnce", Operation::Truncate, false, false},
                                         Case{"TruncateUntilHealed", Operation::Truncate, true, false},
                                         Case{"EverythingUntilHealed", Operation::Any, true, false}),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace pinrelay::spool
