#include <gtest/gtest.h>

#include "fixtures/sqlite_spool_fixture.hpp"
#include "spool/sqlite/tables/schema.hpp"

// Files of older versions are taken over with all that is in them.
namespace pinrelay::spool {
namespace {

using namespace std::chrono_literals;
using test::append;
using test::due_at;
using test::event_ids;
using test::Ids;
using test::lease;
using test::noon;

// As version 1 made it, with two records, one of which waits, and a dead letter. Times count from noon of test::noon.
constexpr const char* version_1 = R"sql(
PRAGMA journal_mode = WAL;
CREATE TABLE record (
    id           INTEGER PRIMARY KEY,
    destination  TEXT    NOT NULL,
    event_name   TEXT    NOT NULL,
    event_label  TEXT    NOT NULL,
    event_id     TEXT    NOT NULL,
    event_time   INTEGER NOT NULL,
    deduplicated INTEGER NOT NULL,
    accepted     INTEGER NOT NULL,
    attempts     INTEGER NOT NULL,
    not_before   INTEGER NOT NULL,
    body         TEXT    NOT NULL
);
CREATE INDEX record_due ON record (destination, not_before, event_time);
CREATE INDEX record_waiting ON record (destination, event_time) WHERE not_before > 0;
CREATE TABLE dead_letter (
    number       INTEGER PRIMARY KEY,
    id           INTEGER NOT NULL,
    destination  TEXT    NOT NULL,
    event_name   TEXT    NOT NULL,
    event_label  TEXT    NOT NULL,
    event_id     TEXT    NOT NULL,
    event_time   INTEGER NOT NULL,
    deduplicated INTEGER NOT NULL,
    accepted     INTEGER NOT NULL,
    attempts     INTEGER NOT NULL,
    reason       TEXT    NOT NULL,
    message      TEXT    NOT NULL,
    died         INTEGER NOT NULL,
    body         TEXT    NOT NULL
);
CREATE INDEX dead_letter_destination ON dead_letter (destination);
CREATE TABLE ledger (
    destination   TEXT    NOT NULL,
    event_label   TEXT    NOT NULL,
    stored        INTEGER NOT NULL,
    delivered     INTEGER NOT NULL,
    dead_lettered INTEGER NOT NULL,
    PRIMARY KEY (destination, event_label)
) WITHOUT ROWID;
CREATE TABLE dead_reason (
    destination TEXT    NOT NULL,
    reason      TEXT    NOT NULL,
    records     INTEGER NOT NULL,
    PRIMARY KEY (destination, reason)
) WITHOUT ROWID;
INSERT INTO record VALUES
    (7, 'shop', 'checkout', 'checkout', 'ready', 1728043200000001, 0, 1728043200000002, 0, 0, '{"n":1}'),
    (8, 'shop', 'checkout', 'checkout', 'waits', 1728043200000003, 1, 1728043200000004, 3, 1728043260000000, '{"n":2}');
INSERT INTO dead_letter VALUES
    (1, 5, 'shop', 'mine', 'other', 'dead', 1728043200000005, 1, 1728043200000006, 2, 'refused', 'no', 1728043200000007,
     '{"n":3}');
INSERT INTO ledger VALUES ('shop', 'checkout', 6, 4, 0), ('shop', 'other', 1, 0, 1);
INSERT INTO dead_reason VALUES ('shop', 'refused', 1);
PRAGMA application_id = 0x50696e72;
PRAGMA user_version = 1;
)sql";

// What version 2 made of it, and the same letter once more, which was replayed and died again.
constexpr const char* version_2 = R"sql(
ALTER TABLE record ADD COLUMN source_name TEXT NOT NULL DEFAULT '';
ALTER TABLE record ADD COLUMN sending INTEGER NOT NULL DEFAULT 0;
ALTER TABLE dead_letter ADD COLUMN source_name TEXT NOT NULL DEFAULT '';
ALTER TABLE ledger ADD COLUMN replayed INTEGER NOT NULL DEFAULT 0;
CREATE TABLE salvaged (
    file     TEXT    NOT NULL PRIMARY KEY,
    rows     INTEGER NOT NULL,
    finished INTEGER NOT NULL
) WITHOUT ROWID;
UPDATE ledger SET replayed = 1, dead_lettered = 2 WHERE event_label = 'other';
PRAGMA user_version = 2;
)sql";

// What version 3 made of it, with an event that the guard remembers.
constexpr const char* version_3 = R"sql(
ALTER TABLE ledger ADD COLUMN folded INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ledger ADD COLUMN reused INTEGER NOT NULL DEFAULT 0;
CREATE TABLE seen (
    number  INTEGER PRIMARY KEY,
    time    INTEGER NOT NULL,
    changes BLOB    NOT NULL
);
INSERT INTO seen VALUES (1, 1728043200000000, x'0101020304050607081112131415161718' || zeroblob(8));
UPDATE ledger SET folded = 3, reused = 2 WHERE event_label = 'checkout';
PRAGMA user_version = 3;
)sql";

constexpr Time at_noon(std::int64_t microseconds) { return noon + std::chrono::microseconds(microseconds); }

class Migration : public test::SqliteSpoolTest {
protected:
    Migration() {
        std::filesystem::create_directories(options.directory);
        run_sql(version_1);
        open();
    }
};

TEST_F(Migration, KeepsTheAccount) {
    EXPECT_EQ(spool->ledger().total(), (Counts{7, 4, 1}));
    EXPECT_EQ(spool->ledger().by_label.at({"shop", "other"}), (Counts{1, 0, 1}));
    EXPECT_EQ(spool->ledger().dead_by_reason.at({"shop", "refused"}), 1U);
    EXPECT_EQ(logger.count(LogLevel::Error), 0U);
}

TEST_F(Migration, KeepsTheRecords) {
    const auto ready = lease(*spool, due_at(at_noon(0), 1));
    const auto waited = lease(*spool, due_at(at_noon(0)));  // an opening ends all waits

    ASSERT_EQ(event_ids(ready), Ids({"ready"}));
    StoredRecord wanted;
    wanted.id = 7;
    wanted.record = {"shop", "", "checkout", "checkout", "ready", at_noon(1), false, R"({"n":1})"};
    wanted.accepted = at_noon(2);
    EXPECT_EQ(ready->front(), wanted);
    ASSERT_EQ(event_ids(waited), Ids({"waits"}));
    EXPECT_EQ(waited->front().attempts, 3);
}

TEST_F(Migration, KeepsTheDeadLetters) {
    const auto letters = dead_letters();

    ASSERT_EQ(letters.size(), 1U);
    EXPECT_EQ(letters[0].stored.id, 5);
    EXPECT_EQ(letters[0].stored.record.event_id, "dead");
    EXPECT_EQ(letters[0].stored.record.source_name, "");
    EXPECT_EQ(letters[0].stored.record.body, R"({"n":3})");
    EXPECT_EQ(letters[0].reason, "refused");
    EXPECT_EQ(letters[0].message, "no");
    EXPECT_EQ(letters[0].died, at_noon(7));
}

TEST_F(Migration, CountsTheBytesOfTheDeadLettersThatAreThere) {
    const Ledger ledger = spool->ledger();

    ASSERT_EQ(ledger.dead_letters.size(), 1U);
    EXPECT_EQ(ledger.dead_letters.at("shop").letters, 1U);
    EXPECT_EQ(ledger.dead_letters.at("shop").bytes, 300U + 7 + 2 + 4 + 3 * 4);  // body, message, event_id, destination
}

TEST_F(Migration, IsDoneOnce) {
    append(*spool, {test::record("new")});

    open();

    EXPECT_EQ(spool->ledger().total(), (Counts{8, 4, 1}));
    spool->close();
    Connection connection(file(), Connection::Access::ReadOnly);
    EXPECT_EQ(connection.number("PRAGMA user_version"), schema_version);
}

class MigrationOfVersion2 : public test::SqliteSpoolTest {
protected:
    MigrationOfVersion2() {
        std::filesystem::create_directories(options.directory);
        run_sql(version_1);
        run_sql(version_2);
        options.duplicates.window = 48h;
        open();
    }
};

TEST_F(MigrationOfVersion2, KeepsTheAccountAndTheRecords) {
    EXPECT_EQ(spool->ledger().by_label.at({"shop", "checkout"}), (Counts{.stored = 6, .delivered = 4}));
    EXPECT_EQ(spool->ledger().by_label.at({"shop", "other"}), (Counts{.stored = 1, .dead_lettered = 2, .replayed = 1}));
    EXPECT_EQ(event_ids(lease(*spool, due_at(at_noon(0)))), Ids({"ready", "waits"}));
    EXPECT_EQ(logger.count(LogLevel::Error), 0U);
}

TEST_F(MigrationOfVersion2, CountsCopiesFromThenOn) {
    append(*spool, {test::record("new"), test::record("new")});

    open();

    EXPECT_EQ(spool->ledger().by_label.at({"shop", "checkout"}), (Counts{.stored = 7, .delivered = 4, .folded = 1}));
}

class MigrationOfVersion3 : public test::SqliteSpoolTest {
protected:
    MigrationOfVersion3() {
        std::filesystem::create_directories(options.directory);
        for (const char* version : {version_1, version_2, version_3}) run_sql(version);
        options.duplicates.window = 48h;
        open();
    }
};

TEST_F(MigrationOfVersion3, KeepsTheAccountAndTheRecords) {
    EXPECT_EQ(spool->ledger().by_label.at({"shop", "checkout"}),
              (Counts{.stored = 6, .delivered = 4, .folded = 3, .reused = 2}));
    EXPECT_EQ(event_ids(lease(*spool, due_at(noon + 60s))), Ids({"ready", "waits"}));
    EXPECT_EQ(dead_letters().size(), 1U);
    EXPECT_EQ(logger.count(LogLevel::Error), 0U);
}

// It was remembered by a hash without a key.
TEST_F(MigrationOfVersion3, ForgetsWhatWasRemembered) {
    spool->close();
    Connection connection(file(), Connection::Access::ReadOnly);

    EXPECT_EQ(connection.number("SELECT count(*) FROM sqlite_master WHERE name = 'seen'"), 0);
    EXPECT_EQ(connection.number("SELECT count(*) FROM secret WHERE length(bytes) = 32"), 1);
}

TEST_F(MigrationOfVersion3, DeduplicatesFromThenOn) {
    append(*spool, {test::record("ready"), test::record("new"), test::record("new")});

    open();
    append(*spool, {test::record("new")});

    EXPECT_EQ(spool->ledger().by_label.at({"shop", "checkout"}),
              (Counts{.stored = 8, .delivered = 4, .folded = 5, .reused = 2}));
}

class MigrationOfVersion4 : public test::SqliteSpoolTest {
protected:
    MigrationOfVersion4() {
        open();
        append(*spool, {test::record("before")});
        spool->close();
        run_sql(
            "DROP TABLE journal; DROP TABLE journal_outcome; DROP TABLE journal_segment; DROP TABLE journal_keys;"
            "DROP TABLE journal_kind; PRAGMA user_version = 4");
        options.journal.keep = 24h;
        open();
    }
};

TEST_F(MigrationOfVersion4, BeginsTheJournal) {
    append(*spool, {test::record("after")});

    JournalFile journal(options.directory);
    EXPECT_EQ(journal.with_event_id("after", 1).events.size(), 1U);
    EXPECT_EQ(journal.with_event_id("before", 1).events.size(), 0U);
    EXPECT_EQ(event_ids(lease(*spool, due_at(noon))), Ids({"before", "after"}));
    EXPECT_EQ(logger.count(LogLevel::Error), 0U);
}

}  // namespace
}  // namespace pinrelay::spool
