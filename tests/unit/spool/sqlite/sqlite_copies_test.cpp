#include <gtest/gtest.h>

#include <atomic>

#include "fixtures/faulty_disk.hpp"
#include "fixtures/sqlite_spool_fixture.hpp"

// Copies, rivals and the secret over reopenings, failures and crashes.
namespace pinrelay::spool {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using namespace test;
using model::Trust;

Arrival saying(const std::string& what, Trust trust = Trust::Browser, std::uint64_t subject = 7) {
    Arrival arrival{record("a"), subject, trust, {.value = 79, .identifiers = {11}}};
    arrival.record.body = R"({"event_id":"a","what":")" + what + "\"}";
    return arrival;
}

class SqliteCopies : public test::SqliteSpoolTest {
protected:
    SqliteCopies() {
        options.duplicates.window = 48h;
        disk.passes_syncs_on = false;
        open();
    }
    ~SqliteCopies() override { spool.reset(); }

    // The files as a process that was killed leaves them, and a new process that opens them.
    void crash() {
        const auto crashed = root.path() / ("crashed" + std::to_string(++crashes_));
        fs::copy(options.directory, crashed, fs::copy_options::recursive);
        options.directory = crashed;
        open();
    }

    std::vector<std::string> take() {
        std::vector<std::string> bodies;
        taken = *lease(*spool, due_at(clock.now));
        for (const auto& stored : taken) bodies.push_back(stored.record.body);
        return bodies;
    }
    void refuse_all() {
        take();
        for (const auto& stored : taken) settle(*spool, {dead(stored.id, "refused")});
    }

    std::int64_t number(const std::string& sql) {
        spool->close();
        return Connection(file(), Connection::Access::ReadOnly).number(sql);
    }

    test::FaultyDisk disk;
    std::vector<StoredRecord> taken;

private:
    int crashes_ = 0;
};

using Bodies = std::vector<std::string>;

std::string body(const std::string& what) { return saying(what).record.body; }

TEST_F(SqliteCopies, AreSentAfterACrash) {
    append_arrivals(*spool, {saying("first"), saying("copy")});

    crash();
    refuse_all();

    EXPECT_EQ(take(), Bodies({body("copy")}));
    EXPECT_EQ(spool->ledger().total(), (Counts{.stored = 2, .dead_lettered = 1, .folded = 1, .unfolded = 1}));
}

TEST_F(SqliteCopies, AreRememberedAfterACrashOnceTheyAreSent) {
    append_arrivals(*spool, {saying("first"), saying("copy")});
    refuse_all();

    crash();
    append_arrivals(*spool, {saying("copy")});

    EXPECT_EQ(spool->ledger().total(), (Counts{.stored = 2, .dead_lettered = 1, .folded = 2, .unfolded = 1}));
}

TEST_F(SqliteCopies, AreNotKeptByACommitThatFailed) {
    append_arrivals(*spool, {saying("first")});
    disk.write_answer = SQLITE_FULL;
    append_arrivals(*spool, {saying("copy")});
    disk.write_answer = SQLITE_OK;
    ASSERT_TRUE(becomes_writable());

    refuse_all();

    EXPECT_TRUE(take().empty());
    EXPECT_EQ(spool->ledger().total(), (Counts{.stored = 1, .dead_lettered = 1}));
}

TEST_F(SqliteCopies, StayWhereTheDeathOfTheFirstFailed) {
    append_arrivals(*spool, {saying("first"), saying("copy")});
    take();
    disk.write_answer = SQLITE_FULL;
    settle(*spool, {dead(taken.front().id, "refused")});
    disk.write_answer = SQLITE_OK;
    ASSERT_TRUE(becomes_writable());
    settle(*spool, {dead(taken.front().id, "refused")});

    EXPECT_EQ(take(), Bodies({body("copy")}));
}

TEST_F(SqliteCopies, LeaveNoRowBehind) {
    append_arrivals(*spool, {saying("first"), saying("copy"), saying("other", Trust::Browser, 8)});
    take();
    for (const auto& stored : taken) settle(*spool, {delivered(stored.id)});

    EXPECT_EQ(number("SELECT (SELECT count(*) FROM copy) + (SELECT count(*) FROM rival)"), 0);
}

TEST_F(SqliteCopies, OfRecordsThatAPersonDeletedAreDeletedAtTheStart) {
    append_arrivals(*spool, {saying("first"), saying("copy"), saying("other", Trust::Browser, 8)});
    spool->close();
    run_sql("DELETE FROM record");

    open();

    EXPECT_EQ(number("SELECT (SELECT count(*) FROM copy) + (SELECT count(*) FROM rival)"), 0);
}

TEST_F(SqliteCopies, CountInTheSizeOfTheStore) {
    append_arrivals(*spool, {saying("first")});
    const auto before = spool->ledger().bytes;

    append_arrivals(*spool, {saying(std::string(100'000, 'x'))});

    EXPECT_GE(spool->ledger().bytes, before + 90'000);
}

TEST_F(SqliteCopies, HaveRivalsThatAreDisplacedAfterACrash) {
    append_arrivals(*spool, {saying("forged", Trust::Anonymous, 1)});
    take();
    append_arrivals(*spool, {saying("signed", Trust::Signed)});

    crash();

    EXPECT_EQ(take(), Bodies({body("signed")}));
    ASSERT_EQ(dead_letters().size(), 1U);
    EXPECT_EQ(dead_letters()[0].reason, "displaced");
}

TEST_F(SqliteCopies, VeryManyRivalsAreDisplacedByMoreThanOneLease) {
    std::vector<Arrival> forged;
    for (std::uint64_t subject = 1; subject <= 2'500; ++subject)
        forged.push_back(saying("forged", Trust::Anonymous, subject));
    append_arrivals(*spool, forged);
    append_arrivals(*spool, {saying("signed", Trust::Signed)});
    append_arrivals(*spool, {});  // behind it nobody is told of those before
    std::atomic<int> told = 0;
    spool->on_append([&told] { ++told; });

    const Bodies first = take();
    const bool looks_again = comes_true([&told] { return told == 1; });
    const auto displaced_at_first = dead_letters().size();
    Bodies sent = take();
    while (sent.empty()) sent = take();

    EXPECT_EQ(first, Bodies());
    EXPECT_TRUE(looks_again);
    EXPECT_EQ(displaced_at_first, 1'001U) << "one by the signed event itself";
    EXPECT_EQ(sent, Bodies({body("signed")}));
    EXPECT_EQ(dead_letters().size(), 2'500U);
    spool.reset();  // before what its listener refers to is gone
}

TEST_F(SqliteCopies, AndRivalsThatAToolBringsInAreNoticed) {
    append_arrivals(*spool, {saying("first")});
    run_sql(
        "INSERT INTO copy VALUES (1, zeroblob(36), '', 'checkout', 1, 1, 1, '{\"copy\":1}');"
        "INSERT INTO rival VALUES (1, 0, 0)");

    refuse_all();

    EXPECT_EQ(take(), Bodies({R"({"copy":1})"}));
    EXPECT_EQ(number("SELECT count(*) FROM rival"), 0);
}

TEST_F(SqliteCopies, ADisplacementIsUndoneWithItsCommit) {
    append_arrivals(*spool, {saying("forged", Trust::Anonymous, 1)});
    disk.write_answer = SQLITE_FULL;
    append_arrivals(*spool, {saying("signed", Trust::Signed)});
    disk.write_answer = SQLITE_OK;
    ASSERT_TRUE(becomes_writable());

    EXPECT_EQ(take(), Bodies({body("forged")}));
    EXPECT_TRUE(dead_letters().empty());
    EXPECT_EQ(spool->ledger().total(), (Counts{.stored = 1}));
}

TEST_F(SqliteCopies, AreAboutARecordAndNotOnlyAboutItsId) {
    append_arrivals(*spool, {saying("first")});
    spool->close();
    run_sql("UPDATE record SET event_id = 'another'");

    open();
    append_arrivals(*spool, {saying("signed", Trust::Signed)});

    EXPECT_EQ(take(), Bodies({body("first"), body("signed")}));
}

TEST_F(SqliteCopies, TheSecretStaysAndIsAnotherInEachStore) {
    const auto secret = [this] {
        spool->close();
        return Connection(file(), Connection::Access::ReadOnly).text("SELECT hex(bytes) FROM secret");
    };
    const std::string first = secret();
    open();
    const std::string again = secret();
    options.directory = root.path() / "another";
    open();

    EXPECT_EQ(first.size(), 64U);
    EXPECT_EQ(again, first);
    EXPECT_NE(secret(), first);
    EXPECT_EQ(logger.count(LogLevel::Error), 0U);
}

TEST_F(SqliteCopies, WithoutItsSecretTheGuardBeginsAnew) {
    append_arrivals(*spool, {saying("first")});
    spool->close();
    run_sql("DELETE FROM secret");

    open();
    append_arrivals(*spool, {saying("first"), saying("first")});

    EXPECT_EQ(spool->ledger().total(), (Counts{.stored = 2, .folded = 1}));
    EXPECT_EQ(number("SELECT count(*) FROM secret"), 1);
}

TEST_F(SqliteCopies, OfOfflineEventsAreNotSentTwiceThoughTheSecretIsAnother) {
    Arrival first = saying("first");
    Arrival copy = saying("copy");
    first.record.deduplicated = copy.record.deduplicated = false;
    append_arrivals(*spool, {first, copy});
    spool->close();
    run_sql("DELETE FROM secret");
    open();
    refuse_all();
    take();
    settle(*spool, {delivered(taken.front().id)});

    append_arrivals(*spool, {copy});

    EXPECT_EQ(spool->ledger().total().stored, 2U);
    EXPECT_EQ(spool->ledger().total().folded, 2U);
    EXPECT_TRUE(take().empty());
}

TEST_F(SqliteCopies, AreLoggedWhereTheyContradictTheFirst) {
    Arrival cheap = saying("cheap");
    cheap.essence.value = 1;
    append_arrivals(*spool, {saying("first"), cheap});
    spool->close();

    EXPECT_EQ(logger.count(LogLevel::Warn, "contradict each other"), 1U);
    EXPECT_EQ(logger.count(LogLevel::Warn, "destination=shop event=checkout events=1"), 1U);
}

}  // namespace
}  // namespace pinrelay::spool
