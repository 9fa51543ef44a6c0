#include <gtest/gtest.h>

#include "fixtures/faulty_disk.hpp"
#include "fixtures/sqlite_spool_fixture.hpp"

// What the SQLite spool remembers of copies over reopenings, failures and crashes.
namespace pinrelay::spool {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using namespace test;

class SqliteDuplicates : public test::SqliteSpoolTest {
protected:
    SqliteDuplicates() {
        options.duplicates.window = 48h;
        disk.passes_syncs_on = false;
    }
    ~SqliteDuplicates() override { spool.reset(); }

    Counts counts() const { return spool->ledger().total(); }

    void append_and_deliver(const std::vector<Record>& records) {
        append(*spool, records);
        const auto leased = lease(*spool, due_at(clock.now));
        std::vector<Settlement> settlements;
        for (const auto& stored : *leased) settlements.push_back(delivered(stored.id));
        settle(*spool, settlements);
    }

    std::int64_t rows_of_seen() {
        spool->close();
        return Connection(file(), Connection::Access::ReadOnly).number("SELECT count(*) FROM seen_anonymous");
    }

    std::int64_t bytes_of_seen() {
        spool->close();
        return Connection(file(), Connection::Access::ReadOnly)
            .number("SELECT sum(length(changes)) FROM seen_anonymous");
    }

    test::FaultyDisk disk;
};

TEST_F(SqliteDuplicates, AreFoldedAfterAReopening) {
    open();
    append_and_deliver({record("a"), record("b")});
    append_and_deliver({record("c")});

    open();
    append(*spool, {record("a"), record("b"), record("c"), record("d")});

    EXPECT_EQ(counts(), (Counts{.stored = 4, .delivered = 3, .folded = 3}));
    EXPECT_EQ(event_ids(lease(*spool, due_at(noon))), Ids({"d"}));
}

TEST_F(SqliteDuplicates, AreFoldedAfterACrash) {
    open();
    append(*spool, {record("a")});

    // The files as a process that was killed leaves them.
    SqliteOptions crashed = options;
    crashed.directory = root.path() / "crashed";
    fs::copy(options.directory, crashed.directory, fs::copy_options::recursive);
    const auto after = open_sqlite_spool(crashed, clock.clock(), logger);
    append(*after, {record("a")});

    EXPECT_EQ(after->ledger().total(), (Counts{.stored = 1, .folded = 1}));
}

TEST_F(SqliteDuplicates, AreToldFromReusedIdsAfterAReopening) {
    const Arrival first{record("a"), 0xfedcba9876543210};
    const Arrival other{record("a"), 1};
    open();
    append_arrivals(*spool, {first});

    open();
    append_arrivals(*spool, {first, other});

    EXPECT_EQ(counts(), (Counts{.stored = 2, .folded = 1, .reused = 1}));
    EXPECT_EQ(logger.count(LogLevel::Warn, "share an event id"), 1U);
}

TEST_F(SqliteDuplicates, OfADeadEventAreTakenAfterAReopening) {
    open();
    append(*spool, {record("a")});
    settle(*spool, {dead(lease(*spool, due_at(noon))->front().id, "refused")});

    open();
    append(*spool, {record("a")});

    EXPECT_EQ(counts(), (Counts{.stored = 2, .dead_lettered = 1}));
}

TEST_F(SqliteDuplicates, AreTakenWhenTheWindowEndedWhileItWasClosed) {
    open();
    append(*spool, {record("a")});
    spool->close();
    clock.now = noon + 60h;

    open();
    append(*spool, {record("a")});

    EXPECT_EQ(counts(), (Counts{.stored = 2}));
}

TEST_F(SqliteDuplicates, OfARefusedCommitAreTaken) {
    open();
    append(*spool, {record("before")});
    disk.write_answer = SQLITE_FULL;

    const auto refused = append(*spool, {record("a"), record("a"), record("before")});
    disk.write_answer = SQLITE_OK;
    ASSERT_TRUE(becomes_writable());
    append(*spool, {record("a"), record("before")});

    EXPECT_FALSE(refused);
    EXPECT_EQ(counts(), (Counts{.stored = 2, .folded = 1}));
    EXPECT_EQ(event_ids(lease(*spool, due_at(noon))), Ids({"before", "a"}));
}

TEST_F(SqliteDuplicates, OfACommitThatCameBackAreFolded) {
    open();
    append(*spool, {record("before")});
    // The sync fails, and so does what would have undone it: the group is found whole.
    disk.hold_syncs();
    std::promise<Result<Duplicates>> answer;
    spool->append(test::arrivals({record("a")}), [&answer](const auto& result) { answer.set_value(result); });
    disk.wait_until_one_is_held();
    disk.write_answer = SQLITE_IOERR_WRITE;
    disk.sync_answer = SQLITE_IOERR_FSYNC;
    disk.release_syncs();
    const auto refused = answer.get_future().get();
    disk.write_answer = SQLITE_OK;
    disk.sync_answer = SQLITE_OK;
    ASSERT_TRUE(becomes_writable());

    append(*spool, {record("a")});

    EXPECT_FALSE(refused);
    EXPECT_EQ(counts(), (Counts{.stored = 2, .folded = 1}));
}

TEST_F(SqliteDuplicates, AreFoldedWhenTheAnswerDoesNotWaitForTheDisk) {
    options.durability = Durability::Memory;
    open();

    const auto first = append(*spool, {record("a")});
    const auto second = append(*spool, {record("a")});
    spool->close();

    EXPECT_TRUE(first);
    EXPECT_TRUE(second);
    EXPECT_EQ(counts(), (Counts{.stored = 1, .folded = 1}));
}

TEST_F(SqliteDuplicates, TakeNoRoomInABoundedSpool) {
    options.max_records = 2;
    open();

    append(*spool, {record("a")});
    for (int i = 0; i < 5; ++i) EXPECT_TRUE(append(*spool, {record("a")})) << i;

    EXPECT_TRUE(append(*spool, {record("b")}));
    EXPECT_EQ(append(*spool, {record("c")}).error(), SpoolErrc::Full);
}

TEST_F(SqliteDuplicates, LeaveNoRowsBehindOnceTheirWindowIsOver) {
    open();
    for (int i = 0; i < 1500; ++i) append_and_deliver({record("old" + std::to_string(i))});
    clock.now = noon + 60h;

    for (int i = 0; i < 3; ++i) append_and_deliver({record("new" + std::to_string(i))});

    EXPECT_EQ(rows_of_seen(), 3);
}

// 1,000 keys, two changes for each.
TEST_F(SqliteDuplicates, TakeNoMoreThanAnEighthOfASmallStore) {
    options.max_bytes = 960'000;
    open();

    for (int commit = 0; commit < 60; ++commit) {
        std::vector<Record> records;
        for (int i = 0; i < 100; ++i) records.push_back(record(std::to_string(commit * 100 + i)));
        append_and_deliver(records);
    }
    const auto keys = bytes_of_seen() / 49;

    EXPECT_LE(keys, 1'100);
    EXPECT_GE(keys, 900);
}

TEST_F(SqliteDuplicates, OfOneEventThatChangesAllTheTimeTakeNoMore) {
    options.duplicates.max_keys = 1'000;
    open();

    for (int commit = 0; commit < 100; ++commit) {
        std::vector<Arrival> versions;
        for (std::uint64_t value = 1; value <= 100; ++value) {
            versions.push_back({record("a"), 7, model::Trust::Anonymous, {.value = value}});
            versions.back().record.deduplicated = false;
        }
        ASSERT_TRUE(append_arrivals(*spool, versions));
    }

    EXPECT_LE(counts().stored, 10U) << "forgotten as by a flood, and no more often";
    EXPECT_LE(bytes_of_seen() / 49, 2'300);
}

TEST_F(SqliteDuplicates, AreForgottenByASpoolThatIsOpenedWithoutAWindow) {
    open();
    append(*spool, {record("a")});

    options.duplicates.window = 0h;
    open();
    append(*spool, {record("a")});

    EXPECT_EQ(counts(), (Counts{.stored = 2}));
    EXPECT_EQ(rows_of_seen(), 0);
}

TEST_F(SqliteDuplicates, DoNotMindARowThatIsNoList) {
    open();
    append(*spool, {record("a")});
    spool->close();
    run_sql(
        "UPDATE seen_anonymous SET changes = x'09' || changes || x'0102'; "
        "INSERT INTO seen_browser VALUES (7, 5, x''), (8, 6, 'text')");

    open();
    const auto answer = append(*spool, {record("b"), record("b")});

    EXPECT_TRUE(answer);
    EXPECT_EQ(counts(), (Counts{.stored = 2, .folded = 1}));
}

}  // namespace
}  // namespace pinrelay::spool
