#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "fixtures/sqlite_spool_fixture.hpp"
#include "pinrelay/spool/spool_file.hpp"

// What the SQLite spool promises about its files.
namespace pinrelay::spool {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using test::append;
using test::dead;
using test::delivered;
using test::due_at;
using test::event_ids;
using test::Ids;
using test::lease;
using test::noon;
using test::record;
using test::retry;
using test::settle;

class SqliteSpool : public test::SqliteSpoolTest {};

std::string opening_refusal(const std::function<void()>& open) {
    try {
        open();
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return {};
}

unsigned mode_of(const fs::path& path) {
    struct ::stat status {};
    return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 0777U : 0U;
}

TEST_F(SqliteSpool, FindsEverythingAgainWhenItIsOpenedAgain) {
    open();
    append(*spool, {record("a", noon - 4s), record("b", noon - 3s), record("c", noon - 2s), record("d", noon - 1s)});
    const auto leased = lease(*spool, due_at(noon, 3));
    settle(*spool, {delivered((*leased)[0].id), dead((*leased)[1].id, "refused", "no")});
    const Ledger before = spool->ledger();

    open();

    EXPECT_EQ(spool->ledger().by_label, before.by_label);
    EXPECT_EQ(spool->ledger().oldest_pending, before.oldest_pending);
    EXPECT_EQ(spool->ledger().dead_by_reason, before.dead_by_reason);
    EXPECT_EQ(dead_letters().size(), 1U);
    EXPECT_EQ(event_ids(lease(*spool, due_at(noon))), Ids({"c", "d"}));  // c was held by the former process
    EXPECT_EQ(logger.count(LogLevel::Error), 0U);
}

TEST_F(SqliteSpool, ReadsRecordsBackInTheOrderOfTheirTimes) {
    open();
    append(*spool, {record("d", noon - 4s), record("b", noon - 6s), record("c", noon - 5s), record("a", noon - 7s),
                    record("e", noon - 3s), record("f", noon - 2s), record("g", noon - 1s)});
    open();
    const auto first = lease(*spool, due_at(noon, 2));
    settle(*spool, {retry((*first)[0].id, noon), delivered((*first)[1].id)});

    const auto leased = lease(*spool, due_at(noon));

    EXPECT_EQ(event_ids(first), Ids({"a", "b"}));
    EXPECT_EQ(event_ids(leased), Ids({"a", "c", "d", "e", "f", "g"}));
    EXPECT_EQ(leased->back().record, record("g", noon - 1s));
    EXPECT_EQ(leased->front().attempts, 1);
}

// More than the store keeps in memory.
TEST_F(SqliteSpool, LeasesALargeBacklogWhereverItsRecordsAre) {
    open();
    std::vector<Record> records;
    for (int i = 0; i < 10; ++i) {
        records.push_back(record(std::to_string(i), noon - 10s + std::chrono::seconds(i)));
        records.back().body.assign(1'000'000, static_cast<char>('a' + i));
        append(*spool, {records.back()});
    }

    LeaseRequest request = due_at(noon);
    request.max_bytes = 20'000'000;
    const auto leased = lease(*spool, request);

    ASSERT_EQ(leased->size(), records.size());
    for (std::size_t i = 0; i < records.size(); ++i) EXPECT_EQ((*leased)[i].record, records[i]);
}

TEST_F(SqliteSpool, LeasesARecordThatFoundNoRoomInABatchWithTheNextOne) {
    open();
    append(*spool, {record("a", noon - 2s), record("b", noon - 1s), record("c")});

    LeaseRequest request = due_at(noon);
    request.max_bytes = 2 * record("a").body.size();
    const auto first = lease(*spool, request);
    const auto second = lease(*spool, request);

    EXPECT_EQ(event_ids(first), Ids({"a", "b"}));
    EXPECT_EQ(event_ids(second), Ids({"c"}));
}

// The clock may have been set back meanwhile.
TEST_F(SqliteSpool, EndsAllWaitsWhenAProcessOpensIt) {
    open();
    append(*spool, {record("a"), record("b", noon, "blog")});
    LeaseRequest of_blog = due_at(noon);
    of_blog.destination = "blog";
    settle(*spool, {retry(lease(*spool, due_at(noon))->front().id, noon + 1h),
                    retry(lease(*spool, of_blog)->front().id, noon + 24h)});
    ASSERT_TRUE(lease(*spool, due_at(noon + 59min))->empty());

    open();

    EXPECT_EQ(lease(*spool, due_at(noon))->front().attempts, 1);
    EXPECT_EQ(lease(*spool, of_blog)->size(), 1U);
}

TEST_F(SqliteSpool, HasWhatWasAcknowledgedAfterACrash) {
    open();
    for (int i = 0; i < 50; ++i) ASSERT_TRUE(append(*spool, {record(std::to_string(i))}));
    settle(*spool, {delivered(lease(*spool, due_at(noon, 1))->front().id)});

    // The files as a process that was killed leaves them.
    SqliteOptions crashed{.directory = root.path() / "crashed"};
    fs::copy(options.directory, crashed.directory, fs::copy_options::recursive);
    const auto after = open_sqlite_spool(crashed, clock.clock(), logger);

    EXPECT_EQ(after->ledger().total(), (Counts{50, 1, 0}));
    EXPECT_EQ(lease(*after, due_at(noon))->size(), 49U);
    EXPECT_EQ(logger.count(LogLevel::Error), 0U);
}

TEST_F(SqliteSpool, NeverGivesAnIdTwice) {
    open();
    append(*spool, {record("a")});
    const auto first = lease(*spool, due_at(noon))->front().id;
    settle(*spool, {delivered(first)});

    open();
    append(*spool, {record("b")});

    EXPECT_GT(lease(*spool, due_at(noon))->front().id, first);
}

TEST_F(SqliteSpool, NeverGivesTheNumberOfADeadLetterTwice) {
    open();
    append(*spool, {record("a"), record("b")});
    const auto leased = lease(*spool, due_at(noon));
    settle(*spool, {dead(leased->front().id, "refused")});
    spool->close();
    run_sql("DELETE FROM dead_letter");

    open();
    settle(*spool, {dead(lease(*spool, due_at(noon))->front().id, "refused")});

    EXPECT_EQ(dead_letters().at(0).number, 2);
}

TEST_F(SqliteSpool, TellsWhichRecordsAFormerProcessBeganToSend) {
    open();
    Record offline = record("offline", noon - 1s);
    offline.deduplicated = false;
    append(*spool, {record("web", noon - 2s), offline});
    const auto first = lease(*spool, due_at(noon));

    open();
    const auto second = lease(*spool, due_at(noon));

    ASSERT_EQ(event_ids(first), Ids({"web", "offline"}));
    EXPECT_FALSE((*first)[0].interrupted);
    EXPECT_FALSE((*first)[1].interrupted);
    ASSERT_EQ(event_ids(second), Ids({"web", "offline"}));
    EXPECT_FALSE((*second)[0].interrupted);  // a second copy does no harm
    EXPECT_TRUE((*second)[1].interrupted);
}

TEST_F(SqliteSpool, ForgetsASendingWhoseRecordWasGivenBack) {
    open();
    Record offline = record("offline");
    offline.deduplicated = false;
    append(*spool, {offline});
    settle(*spool, {retry(lease(*spool, due_at(noon))->front().id, noon)});

    open();

    EXPECT_FALSE(lease(*spool, due_at(noon))->front().interrupted);
}

TEST_F(SqliteSpool, CommitsWhatWaitsWhenItIsClosed) {
    open();
    std::atomic<int> kept = 0;
    for (int i = 0; i < 100; ++i)
        spool->append(test::arrivals({record(std::to_string(i))}),
                      [&kept](const auto& result) { kept += result ? 1 : 0; });

    spool->close();

    EXPECT_EQ(kept, 100);
    open();
    EXPECT_EQ(spool->ledger().total().pending(), 100U);
}

// It grows beyond its bound only where somebody keeps reading.
TEST_F(SqliteSpool, CountsNoWalThatNobodyHolds) {
    constexpr std::size_t bodies = 20 * 25'000;
    constexpr std::size_t written = 64 * 1024 * 1024;
    open();
    std::uint64_t most = 0;

    for (std::size_t round = 0; round < written / bodies; ++round) {
        std::vector<Record> records(20, record(std::to_string(round)));
        for (Record& each : records) each.body.assign(bodies / records.size(), 'x');
        append(*spool, records);
        most = std::max(most, spool->ledger().bytes);
        std::vector<Settlement> settlements;
        for (const auto& stored : *lease(*spool, due_at(noon))) settlements.push_back(delivered(stored.id));
        settle(*spool, settlements);
    }

    EXPECT_LT(most, bodies * 3 / 2);
}

TEST_F(SqliteSpool, LeavesNoWalBehindWhenItIsClosed) {
    open();
    append(*spool, {record("a")});

    spool->close();

    std::error_code absent;
    const auto left = fs::file_size(file().string() + "-wal", absent);
    EXPECT_TRUE(absent || left == 0);
}

TEST_F(SqliteSpool, RefusesADirectoryThatIsInUse) {
    open();

    const std::string reason = opening_refusal([this] { open_sqlite_spool(options, clock.clock(), logger); });

    EXPECT_NE(reason.find(options.directory.string()), std::string::npos) << reason;
    EXPECT_NE(reason.find("process " + std::to_string(::getpid())), std::string::npos) << reason;
}

TEST_F(SqliteSpool, LetsGoOfTheDirectoryWhenItIsClosed) {
    open();
    spool->close();

    EXPECT_NO_THROW(open_sqlite_spool(options, clock.clock(), logger));
}

TEST_F(SqliteSpool, KeepsItsFilesToTheirOwnerWhateverTheUmask) {
    const ::mode_t before = ::umask(0);
    open();
    append(*spool, {record("a")});
    ::umask(before);

    EXPECT_EQ(mode_of(options.directory), 0700U);
    for (const char* name : {"spool.sqlite", "spool.sqlite-wal", "spool.sqlite-shm", "spool.lock"})
        EXPECT_EQ(mode_of(options.directory / name), 0600U) << name;
}

TEST_F(SqliteSpool, TakesRightsAwayFromAFileThatOthersCouldRead) {
    open();
    spool->close();
    fs::permissions(file(), fs::perms(0644));

    open();

    EXPECT_EQ(mode_of(file()), 0600U);
}

TEST_F(SqliteSpool, RefusesASchemaOfANewerVersion) {
    open();
    spool->close();
    run_sql("PRAGMA user_version = 99");

    const std::string reason = opening_refusal([this] { open(); });

    EXPECT_NE(reason.find("version 99"), std::string::npos) << reason;
    EXPECT_NE(reason.find("up to 5"), std::string::npos) << reason;
    EXPECT_NE(reason.find(options.directory.string()), std::string::npos) << reason;
}

TEST_F(SqliteSpool, RefusesTheDatabaseOfAnotherProgramAndLeavesItAlone) {
    fs::create_directories(options.directory);
    run_sql("CREATE TABLE theirs (x)");

    const std::string reason = opening_refusal([this] { open(); });

    EXPECT_NE(reason.find("another program"), std::string::npos) << reason;
    EXPECT_NO_THROW(run_sql("SELECT * FROM theirs"));
}

TEST_F(SqliteSpool, SaysWhyADirectoryCannotBeMade) {
    std::ofstream(root.path() / "taken") << "a file";
    options.directory = root.path() / "taken" / "spool";

    const std::string reason = opening_refusal([this] { open(); });

    EXPECT_NE(reason.find(options.directory.string()), std::string::npos) << reason;
}

TEST_F(SqliteSpool, MovesADamagedFileAsideAndBeginsANewOne) {
    fs::create_directories(options.directory);
    const std::string garbage(10'000, '#');
    std::ofstream(file()) << garbage;

    open();

    EXPECT_TRUE(append(*spool, {record("a")}));
    EXPECT_EQ(logger.count(LogLevel::Error, "damaged"), 1U);
    const auto aside = set_aside(options.directory);
    ASSERT_EQ(aside.size(), 1U);
    std::ifstream kept(aside.front());
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(kept), {}), garbage);
}

TEST_F(SqliteSpool, KeepsTheWalOfADamagedFile) {
    open();
    append(*spool, {record("a")});
    fs::create_directories(root.path() / "crashed");
    fs::copy_file(file().string() + "-wal", root.path() / "crashed" / "spool.sqlite-wal");
    std::ofstream(root.path() / "crashed" / "spool.sqlite") << std::string(10'000, '#');
    const auto wal_bytes = fs::file_size(root.path() / "crashed" / "spool.sqlite-wal");
    std::fstream wal(root.path() / "crashed" / "spool.sqlite-wal", std::ios::in | std::ios::out);
    wal.seekp(32 + 24) << "#";  // SQLite reads nothing of it
    wal.close();

    options.directory = root.path() / "crashed";
    open();

    const auto aside = set_aside(options.directory);
    ASSERT_EQ(aside.size(), 1U);
    EXPECT_EQ(fs::file_size(aside.front().string() + "-wal"), wal_bytes);
}

TEST_F(SqliteSpool, MovesAFileAsideWhoseWalIsDamagedInFrontOfCommittedRecords) {
    open();
    for (int i = 0; i < 20; ++i) append(*spool, {record(std::to_string(i))});
    const fs::path crashed = root.path() / "crashed";
    fs::copy(options.directory, crashed, fs::copy_options::recursive);
    const fs::path wal = crashed / "spool.sqlite-wal";
    std::fstream(wal, std::ios::in | std::ios::out).seekp(static_cast<std::streamoff>(fs::file_size(wal) / 2)) << "#";

    options.directory = crashed;
    open();

    EXPECT_EQ(set_aside(crashed).size(), 1U);
    EXPECT_EQ(logger.count(LogLevel::Error, "its WAL is damaged"), 1U);
    EXPECT_EQ(spool->ledger().total(), Counts{});
}

TEST_F(SqliteSpool, TakesAWalWhoseLastTransactionIsTornForAPowerCut) {
    open();
    for (int i = 0; i < 20; ++i) append(*spool, {record(std::to_string(i))});
    const fs::path crashed = root.path() / "crashed";
    fs::copy(options.directory, crashed, fs::copy_options::recursive);
    const fs::path wal = crashed / "spool.sqlite-wal";
    constexpr std::uintmax_t frame = 24 + 4096;
    const auto frames = (fs::file_size(wal) - 32) / frame;
    std::fstream(wal, std::ios::in | std::ios::out).seekp(static_cast<std::streamoff>(32 + (frames - 1) * frame + 500))
        << "#";

    options.directory = crashed;
    open();

    EXPECT_TRUE(set_aside(crashed).empty());
    EXPECT_EQ(spool->ledger().total(), (Counts{19, 0, 0}));
    EXPECT_EQ(logger.count(LogLevel::Error), 0U);
}

TEST_F(SqliteSpool, CountsRecordsAsLostThatSomebodyDeleted) {
    open();
    append(*spool, {record("a"), record("b"), record("c")});
    spool->close();
    run_sql("DELETE FROM record WHERE event_id = 'b'");

    open();

    EXPECT_EQ(spool->ledger().total(), (Counts{3, 0, 1}));
    EXPECT_EQ(spool->ledger().dead_by_reason.at({"shop", "lost"}), 1U);
    EXPECT_EQ(logger.count(LogLevel::Error, "records_lost=1"), 1U);
}

TEST_F(SqliteSpool, CountsRecordsThatTheLedgerDoesNotKnow) {
    open();
    append(*spool, {record("a"), record("b", noon, "shop2")});
    spool->close();
    run_sql("DELETE FROM ledger WHERE destination = 'shop2'");

    open();

    EXPECT_EQ(spool->ledger().total("shop2"), (Counts{1, 0, 0}));
    EXPECT_EQ(logger.count(LogLevel::Error, "records_unknown=1"), 1U);
}

TEST_F(SqliteSpool, LeavesTheLedgerAloneWhenDeadLettersWereCleanedUp) {
    open();
    append(*spool, {record("a")});
    settle(*spool, {dead(lease(*spool, due_at(noon))->front().id, "refused")});
    spool->close();
    run_sql("DELETE FROM dead_letter");

    open();

    EXPECT_EQ(spool->ledger().total(), (Counts{1, 0, 1}));
    EXPECT_EQ(logger.count(LogLevel::Error), 0U);
}

TEST_F(SqliteSpool, RefusesMoreRecordsThanItsBound) {
    options.max_records = 3;
    open();
    append(*spool, {record("a"), record("b")});

    const auto too_many = append(*spool, {record("c"), record("d")});
    const auto just_enough = append(*spool, {record("e")});

    EXPECT_EQ(too_many.error(), SpoolErrc::Full);
    EXPECT_TRUE(just_enough);
    EXPECT_EQ(event_ids(lease(*spool, due_at(noon))), Ids({"a", "b", "e"}));
}

TEST_F(SqliteSpool, TakesRecordsAgainWhenThereIsRoomAndSaysSo) {
    options.max_records = 1;
    open();
    append(*spool, {record("a")});
    const bool full_before = spool->ledger().full;
    append(*spool, {record("b")});
    const bool full_after_a_refusal = spool->ledger().full;
    settle(*spool, {delivered(lease(*spool, due_at(noon))->front().id)});

    EXPECT_TRUE(append(*spool, {record("c")}));
    EXPECT_FALSE(full_before);
    EXPECT_TRUE(full_after_a_refusal);
    EXPECT_FALSE(spool->ledger().full);
}

TEST_F(SqliteSpool, RefusesMoreBytesThanItsBoundAndUsesThoseOfDeliveredRecordsAgain) {
    options.max_bytes = 500'000;
    open();
    Record large = record("large");
    large.body.resize(10'000, ' ');
    std::vector<Settlement> settlements;
    while (append(*spool, {large})) {
    }
    const auto stored = lease(*spool, due_at(noon));
    for (const auto& each : *stored) settlements.push_back(delivered(each.id));

    EXPECT_GT(stored->size(), 30U);
    EXPECT_LE(spool->ledger().bytes, options.max_bytes);
    EXPECT_EQ(append(*spool, {large}).error(), SpoolErrc::Full);
    ASSERT_TRUE(settle(*spool, settlements));
    EXPECT_TRUE(append(*spool, {large}));
    EXPECT_LE(fs::file_size(file()), options.max_bytes);
}

}  // namespace
}  // namespace pinrelay::spool
