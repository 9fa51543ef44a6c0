#include <gtest/gtest.h>

#include "fixtures/sqlite_spool_fixture.hpp"

// An open spool notices what another program does to its file.
namespace pinrelay::spool {
namespace {

using test::append;
using test::due_at;
using test::event_ids;
using test::Ids;
using test::lease;
using test::noon;
using test::record;

class SpoolBesideAnotherProgram : public test::SqliteSpoolTest {
protected:
    // A record and its place in the account, in one transaction.
    void insert_as_another_program(int id) {
        run_sql(
            "BEGIN IMMEDIATE;"
            "INSERT INTO record (id, destination, event_name, event_label, event_id, event_time, deduplicated, "
            "accepted,"
            " attempts, not_before, body) VALUES (" +
            std::to_string(id) + ", 'shop', 'checkout', 'checkout', 'theirs', " +
            std::to_string(noon.time_since_epoch().count() - 1) +
            ", 1, 0, 0, 0, '{}');"
            "INSERT INTO ledger (destination, event_label, stored, delivered, dead_lettered, replayed)"
            " VALUES ('shop', 'checkout', 1, 0, 0, 0) ON CONFLICT DO UPDATE SET stored = stored + 1;"
            "COMMIT");
    }

    bool sees(std::uint64_t stored) {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
        while (spool->ledger().total().stored != stored) {
            if (std::chrono::steady_clock::now() > deadline) return false;
            std::this_thread::yield();
        }
        return true;
    }
};

TEST_F(SpoolBesideAnotherProgram, ReadsTheLedgerAnewWithItsNextCommit) {
    open();
    append(*spool, {record("a")});

    insert_as_another_program(100);
    append(*spool, {record("b")});

    EXPECT_EQ(spool->ledger().total(), (Counts{3, 0, 0}));
    EXPECT_EQ(spool->ledger().oldest_pending.at("shop"), noon - std::chrono::microseconds(1));
    EXPECT_TRUE(spool->ledger().writable);
}

TEST_F(SpoolBesideAnotherProgram, GivesNoIdThatTheOtherHasGiven) {
    open();

    insert_as_another_program(1);
    const auto appended = append(*spool, {record("a")});

    EXPECT_TRUE(appended);
    EXPECT_EQ(event_ids(lease(*spool, due_at(noon))), Ids({"theirs", "a"}));
}

TEST_F(SpoolBesideAnotherProgram, LeasesARecordAsTheOtherHasLeftIt) {
    open();
    append(*spool, {record("a"), record("b")});

    run_sql("UPDATE record SET body = '{\"changed\":1}' WHERE event_id = 'a'");
    const auto leased = lease(*spool, due_at(noon));

    EXPECT_EQ(event_ids(leased), Ids({"a", "b"}));
    EXPECT_EQ(leased->front().record.body, "{\"changed\":1}");
}

TEST_F(SpoolBesideAnotherProgram, NoticesWhenItIsIdleAndTellsTheListener) {
    open();
    std::promise<void> told;
    spool->on_append([&told] { told.set_value(); });

    insert_as_another_program(1);

    EXPECT_EQ(told.get_future().wait_for(std::chrono::seconds(30)), std::future_status::ready);
    EXPECT_EQ(spool->ledger().total(), (Counts{1, 0, 0}));
    EXPECT_EQ(event_ids(lease(*spool, due_at(noon))), Ids({"theirs"}));
}

TEST_F(SpoolBesideAnotherProgram, DoesNotTakeItsOwnCommitsForAnothers) {
    open();
    std::atomic<int> told = 0;
    spool->on_append([&told] { ++told; });
    append(*spool, {record("a")});

    test::settle(*spool, {test::delivered(lease(*spool, due_at(noon))->front().id)});
    spool->close();

    EXPECT_EQ(told, 1);
}

TEST_F(SpoolBesideAnotherProgram, CountsTheDeliveryOfARecordThatTheOtherHasRemovedNowhere) {
    open();
    append(*spool, {record("a"), record("b"), record("c")});
    const auto leased = lease(*spool, due_at(noon));

    run_sql("DELETE FROM record WHERE event_id = 'b'; UPDATE record SET event_label = 'other' WHERE event_id = 'c'");
    test::settle(
        *spool, {test::delivered((*leased)[0].id), test::delivered((*leased)[1].id), test::delivered((*leased)[2].id)});

    EXPECT_EQ(spool->ledger().by_label.at({"shop", "checkout"}), (Counts{3, 1, 0}));
    EXPECT_EQ(spool->ledger().by_label.at({"shop", "other"}).delivered, 1U);
}

TEST_F(SpoolBesideAnotherProgram, CountsTheRoomThatTheOtherTook) {
    options.max_records = 2;
    open();
    append(*spool, {record("a")});

    insert_as_another_program(100);
    ASSERT_TRUE(sees(2));

    EXPECT_EQ(append(*spool, {record("b")}).error(), SpoolErrc::Full);
}

}  // namespace
}  // namespace pinrelay::spool
