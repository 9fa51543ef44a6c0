#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>

#include "fixtures/faulty_disk.hpp"
#include "fixtures/sqlite_spool_fixture.hpp"

// What the SQLite spool promises when the disk fails, hangs or is slow.
namespace pinrelay::spool {
namespace {

using namespace std::chrono_literals;
using test::append;
using test::delivered;
using test::due_at;
using test::event_ids;
using test::Ids;
using test::lease;
using test::noon;
using test::record;
using test::settle;

class SqliteOnFaultyDisk : public test::SqliteSpoolTest {
protected:
    ~SqliteOnFaultyDisk() override { spool.reset(); }

    test::FaultyDisk disk;
};

class SqliteOnDiskThatRefusesWrites : public SqliteOnFaultyDisk, public testing::WithParamInterface<int> {};

TEST_P(SqliteOnDiskThatRefusesWrites, KeepsNothingOfTheGroupAndGoesOnWhenTheDiskDoes) {
    open();
    append(*spool, {record("before")});
    disk.write_answer = GetParam();

    const auto failed = append(*spool, {record("refused"), record("refused too")});
    const bool writable = spool->ledger().writable;
    disk.write_answer = SQLITE_OK;

    EXPECT_EQ(failed.error(), SpoolErrc::WriteFailed);
    EXPECT_FALSE(writable);
    ASSERT_TRUE(becomes_writable());
    EXPECT_TRUE(append(*spool, {record("after")}));
    EXPECT_EQ(event_ids(lease(*spool, due_at(noon))), Ids({"before", "after"}));
    EXPECT_EQ(spool->ledger().total(), (Counts{2, 0, 0}));
    EXPECT_EQ(logger.count(LogLevel::Error, "cannot be written"), 1U);
    EXPECT_EQ(logger.count(LogLevel::Warn, "can be written again"), 1U);
}

INSTANTIATE_TEST_SUITE_P(Answers, SqliteOnDiskThatRefusesWrites, testing::Values(SQLITE_FULL, SQLITE_IOERR_WRITE));

TEST_F(SqliteOnFaultyDisk, DoesNotBringAGroupBackWhoseSyncFailed) {
    open();
    append(*spool, {record("before")});
    disk.sync_answer = SQLITE_IOERR_FSYNC;

    const auto failed = append(*spool, {record("refused")});
    disk.sync_answer = SQLITE_OK;
    ASSERT_TRUE(becomes_writable());
    open();

    EXPECT_EQ(failed.error(), SpoolErrc::WriteFailed);
    EXPECT_EQ(event_ids(lease(*spool, due_at(noon))), Ids({"before"}));
    EXPECT_EQ(spool->ledger().total(), (Counts{1, 0, 0}));
}

TEST_F(SqliteOnFaultyDisk, LosesNothingWhenOneSyncFails) {
    open();
    append(*spool, {record("before")});
    disk.syncs_to_fail = 1;

    const auto failed = append(*spool, {record("refused")});
    ASSERT_TRUE(becomes_writable());
    ASSERT_TRUE(append(*spool, {record("after")}));
    open();

    EXPECT_EQ(failed.error(), SpoolErrc::WriteFailed);
    EXPECT_EQ(event_ids(lease(*spool, due_at(noon))), Ids({"before", "after"}));
}

TEST_F(SqliteOnFaultyDisk, BeginsANewWalBehindFramesWhoseSyncFailed) {
    open();
    for (int i = 0; i < 10; ++i) append(*spool, {record("before")});
    disk.sync_answer = SQLITE_IOERR_FSYNC;
    append(*spool, {record("refused")});
    disk.sync_answer = SQLITE_OK;

    ASSERT_TRUE(becomes_writable());

    // Only the commit that showed the disk to work: a header and one page.
    constexpr std::uintmax_t header = 32;
    constexpr std::uintmax_t one_page = 24 + 4096;
    EXPECT_EQ(std::filesystem::file_size(file().string() + "-wal"), header + one_page);
}

TEST_F(SqliteOnFaultyDisk, KeepsARecordHeldWhoseSettlementFailed) {
    open();
    append(*spool, {record("a")});
    const auto id = lease(*spool, due_at(noon))->front().id;
    disk.write_answer = SQLITE_FULL;

    const auto failed = settle(*spool, {delivered(id)});
    disk.write_answer = SQLITE_OK;
    ASSERT_TRUE(becomes_writable());

    EXPECT_EQ(failed.error(), SpoolErrc::WriteFailed);
    EXPECT_TRUE(lease(*spool, due_at(noon))->empty());
    EXPECT_TRUE(settle(*spool, {delivered(id)}));
    EXPECT_EQ(spool->ledger().total(), (Counts{1, 1, 0}));
}

TEST_F(SqliteOnFaultyDisk, LetsGoOfRecordsWhoseLeaseFailedWithItsGroup) {
    open();
    append(*spool, {record("a")});
    disk.hold_syncs();
    spool->append(test::arrivals({record("b")}), nullptr);
    disk.wait_until_one_is_held();
    std::promise<ErrorCode> lease_answer;
    spool->append(test::arrivals({record("refused")}), nullptr);
    spool->lease(due_at(noon), [&](auto leased) { lease_answer.set_value(leased.error()); });
    disk.write_answer = SQLITE_FULL;

    disk.release_syncs();
    const ErrorCode answer = lease_answer.get_future().get();
    disk.write_answer = SQLITE_OK;
    ASSERT_TRUE(becomes_writable());

    EXPECT_EQ(answer, SpoolErrc::WriteFailed);
    EXPECT_EQ(event_ids(lease(*spool, due_at(noon))), Ids({"a", "b"}));
}

TEST_F(SqliteOnFaultyDisk, AnswersEverythingWhenItIsClosedOnADeadDisk) {
    open();
    append(*spool, {record("a")});
    disk.write_answer = SQLITE_IOERR_WRITE;
    disk.sync_answer = SQLITE_IOERR_FSYNC;
    std::atomic<int> refused = 0;
    for (int i = 0; i < 10; ++i)
        spool->append(test::arrivals({record("refused")}),
                      [&refused](const auto& result) { refused += result ? 0 : 1; });

    spool->close();

    EXPECT_EQ(refused, 10);
    disk.write_answer = SQLITE_OK;
    disk.sync_answer = SQLITE_OK;
    open();
    EXPECT_EQ(event_ids(lease(*spool, due_at(noon))), Ids({"a"}));
}

TEST_F(SqliteOnFaultyDisk, CommitsAllThatCameDuringACommitInOneGroup) {
    open();
    disk.hold_syncs();
    int before = 0;  // written and read by the spool's thread
    spool->append(test::arrivals({record("first")}), [&](const auto&) { before = disk.wal_syncs; });
    disk.wait_until_one_is_held();
    std::atomic<int> kept = 0;
    std::vector<std::thread> workers;
    for (int worker = 0; worker < 8; ++worker)
        workers.emplace_back([&] {
            for (int i = 0; i < 25; ++i)
                spool->append(test::arrivals({record("x")}), [&kept](const auto& result) { kept += result ? 1 : 0; });
        });
    for (auto& worker : workers) worker.join();
    std::promise<int> syncs;
    spool->append(test::arrivals({record("last")}), [&](const auto&) { syncs.set_value(disk.wal_syncs - before); });

    disk.release_syncs();

    // Counted from answer to answer: an idle writer syncs for a checkpoint, and a WAL that begins anew for its header.
    EXPECT_LE(syncs.get_future().get(), 1);
    EXPECT_EQ(kept, 200);
}

TEST_F(SqliteOnFaultyDisk, DoesNotAnswerBeforeTheSync) {
    open();
    std::atomic<bool> answered = false;
    disk.hold_syncs();
    spool->append(test::arrivals({record("a")}), [&answered](const auto&) { answered = true; });
    disk.wait_until_one_is_held();

    const bool early = answered;
    disk.release_syncs();
    spool->close();

    EXPECT_FALSE(early);
    EXPECT_TRUE(answered);
}

TEST_F(SqliteOnFaultyDisk, SyncsTheLeaseOfAnOfflineRecordBeforeTheAnswerAndNoOther) {
    open();
    Record offline = record("offline", noon + 1s);
    offline.deduplicated = false;
    append(*spool, {record("web"), offline});

    const int appended = disk.wal_syncs;
    const auto web = lease(*spool, due_at(noon + 1s, 1));
    const int leased_web = disk.wal_syncs;
    const auto other = lease(*spool, due_at(noon + 1s, 1));
    const int leased_offline = disk.wal_syncs;

    EXPECT_EQ(event_ids(web), Ids({"web"}));
    EXPECT_EQ(leased_web, appended);
    EXPECT_EQ(event_ids(other), Ids({"offline"}));
    EXPECT_GT(leased_offline, leased_web);
}

TEST_F(SqliteOnFaultyDisk, AnswersBeforeTheSyncWhereThatIsAskedFor) {
    options.durability = Durability::Memory;
    open();
    disk.hold_syncs();

    const auto answer = append(*spool, {record("a")});
    const Counts before = spool->ledger().total();
    disk.release_syncs();
    spool->close();

    EXPECT_TRUE(answer);
    EXPECT_EQ(before, Counts{});
    EXPECT_EQ(spool->ledger().total(), (Counts{1, 0, 0}));
}

TEST_F(SqliteOnFaultyDisk, SaysHowManyAcknowledgedRecordsWereLostInMemoryMode) {
    options.durability = Durability::Memory;
    open();
    disk.write_answer = SQLITE_FULL;

    append(*spool, {record("a"), record("b")});
    spool->close();

    EXPECT_EQ(logger.count(LogLevel::Error, "records=2"), 1U);
}

TEST_F(SqliteOnFaultyDisk, RefusesAtOnceWhenAHangingDiskLetsRecordsPileUpInMemory) {
    open();
    disk.hold_syncs();
    spool->append(test::arrivals({record("a")}), nullptr);
    disk.wait_until_one_is_held();
    Record large = record("large");
    large.body.resize(8'000'000, ' ');
    int waiting = 0;
    std::optional<ErrorCode> refusal;
    while (!refusal && waiting < 100) {
        spool->append(test::arrivals({large}), [&refusal](const auto& result) {
            if (!result) refusal = result.error();
        });
        ++waiting;
    }

    const auto seen = refusal;
    disk.release_syncs();
    spool->close();

    ASSERT_TRUE(seen.has_value());
    EXPECT_EQ(*seen, SpoolErrc::Full);
    EXPECT_LT(waiting, 10);
}

}  // namespace
}  // namespace pinrelay::spool
