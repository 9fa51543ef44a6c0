#include "pinrelay/spool/salvage.hpp"

#include "fixtures/damaged_spool.hpp"
#include "pinrelay/spool/check.hpp"
#include "spool/directory.hpp"

// A damaged file brought back into a new store.
namespace pinrelay::spool {
namespace {

using namespace std::chrono_literals;
using test::append;
using test::delivered;
using test::due_at;
using test::event_ids;
using test::lease;
using test::noon;
using test::record;
using test::settle;

bool is_sound(const Record& record) { return record.body.starts_with("{") && record.body.ends_with("}"); }

class Salvage : public test::DamagedSpoolTest {
protected:
    static constexpr std::uint64_t pending_ones = records_at_first - delivered_ones - dead_ones;

    // The former file, damaged by the test, and a new spool.
    Salvage() : damaged(copy_closed()) {
        options.directory = root.path() / "new";
        open();
    }

    Salvaged run(Time now = noon + 1h) { return salvage(options.directory, damaged, {is_sound, 48h}, now); }

    // With the changes of the tool, which the spool notices with its next commit.
    Counts account() {
        append(*spool, {});
        return spool->ledger().total();
    }

    std::filesystem::path damaged;
};

TEST_F(Salvage, BringsEverythingBackBesideAnOpenSpool) {
    append(*spool, {record("new")});

    const Salvaged result = run();

    EXPECT_EQ(result.records, pending_ones);
    EXPECT_EQ(result.dead_letters, static_cast<std::uint64_t>(dead_ones));
    EXPECT_EQ(result.unreadable_rows, 0U);
    EXPECT_EQ(result.unreadable_pages, 0U);
    EXPECT_EQ(result.missing, 0U);
    EXPECT_EQ(account(), (Counts{1 + pending_ones + dead_ones, 0, dead_ones}));
    EXPECT_EQ(spool->ledger().dead_by_reason.at({"shop", "refused"}), static_cast<std::uint64_t>(dead_ones));
    EXPECT_EQ(pending().size(), 1 + pending_ones);
    EXPECT_EQ(problems_of(file(), is_sound), std::vector<std::string>());
}

TEST_F(Salvage, TellsHowFarItIs) {
    std::uint64_t last = 0;
    std::uint64_t all = 0;
    bool ascends = true;

    salvage(options.directory, damaged,
            {is_sound, 48h,
             [&](std::uint64_t pages, std::uint64_t of) {
                 ascends = ascends && pages >= last;
                 last = pages;
                 all = of;
             }},
            noon + 1h);

    EXPECT_TRUE(ascends);
    EXPECT_GT(last, 0U);
    EXPECT_LE(last, all);
}

TEST_F(Salvage, KeepsWhatARecordIs) {
    std::map<std::string, StoredRecord> before;
    for (const auto& [id, found] : read(damaged).records) before.emplace(id, found.stored);

    run();
    append(*spool, {});

    for (StoredRecord stored : pending()) {
        stored.id = before.at(stored.record.event_id).id;
        EXPECT_EQ(stored, before.at(stored.record.event_id));
    }
}

TEST_F(Salvage, OfTheSameContentsAddsNothingASecondTime) {
    run();
    std::filesystem::rename(damaged, root.path() / "renamed");
    damaged = root.path() / "renamed";

    const Salvaged again = run();

    EXPECT_TRUE(again.finished_before);
    EXPECT_EQ(again.records + again.dead_letters, 0U);
    EXPECT_EQ(again.before, pending_ones + dead_ones);
    EXPECT_EQ(account().stored, pending_ones + dead_ones);
}

TEST_F(Salvage, GoesOnWhereItWasInterrupted) {
    int rows = 0;
    const auto power_cut = [&rows](const Record&) {
        if (++rows == 650) throw std::runtime_error("the power is gone");
        return true;
    };

    EXPECT_THROW(salvage(options.directory, damaged, {power_cut, 48h}, noon), std::runtime_error);
    const Counts between = account();
    const bool finished_between = is_salvaged(options.directory, damaged);
    const Salvaged rest = run();

    EXPECT_EQ(between.stored, 500U);
    EXPECT_FALSE(finished_between);
    EXPECT_EQ(rest.before, 500U);
    EXPECT_EQ(rest.records + rest.dead_letters, pending_ones + dead_ones - 500);
    EXPECT_EQ(rest.missing, 0U);
    EXPECT_EQ(account().stored, pending_ones + dead_ones);
    EXPECT_TRUE(is_salvaged(options.directory, damaged));
    EXPECT_EQ(pending().size(), pending_ones);
}

TEST_F(Salvage, SaysWhatItCouldNotRead) {
    overwrite_page(damaged, page_of_rows(damaged, pages(damaged) / 2));
    const auto readable = read(damaged);

    const Salvaged result = run();

    EXPECT_EQ(result.records, readable.records.size());
    EXPECT_EQ(result.records + result.missing.value(), pending_ones);
    EXPECT_EQ(result.unreadable_rows + result.unreadable_pages, readable.loss.rows + readable.loss.pages);
}

TEST_F(Salvage, LeavesOutWhatMayNotBeSent) {
    const auto refuse_one = [](const Record& record) { return record.event_id != "500"; };

    const Salvaged result = salvage(options.directory, damaged, {refuse_one, 48h}, noon);

    EXPECT_EQ(result.records, pending_ones - 1);
    EXPECT_EQ(result.unreadable_rows, 1U);
    EXPECT_EQ(result.missing, 1U);
}

TEST_F(Salvage, LeavesItToAPersonWhereASecondCopyMayCount) {
    const auto records = read(damaged).records;
    overwrite_page(damaged, 1);  // which pages are free is not known: delivered records come back
    const auto doubtful = read(damaged).records;
    ASSERT_GT(doubtful.size(), records.size());

    const Salvaged result = run(noon + 30min);
    append(*spool, {});

    std::uint64_t counted_twice = 0;
    for (const auto& [id, found] : doubtful)
        counted_twice += !found.certain && !found.stored.record.deduplicated ? 1 : 0;
    EXPECT_GT(counted_twice, 0U);
    EXPECT_EQ(result.maybe_delivered, counted_twice);
    EXPECT_EQ(result.dead_letters, dead_ones + counted_twice);
    EXPECT_EQ(result.records, doubtful.size() - counted_twice);
    EXPECT_EQ(spool->ledger().dead_by_reason.at({"shop", "maybe_delivered"}), counted_twice);
}

TEST_F(Salvage, DoesNotSendAgainWhatIsNoLongerFolded) {
    overwrite_page(damaged, 1);
    std::uint64_t uncertain = 0;
    for (const auto& [id, found] : read(damaged).records) uncertain += found.certain ? 0 : 1;

    const Salvaged result = run(noon + 72h);

    EXPECT_GT(uncertain, 0U);
    EXPECT_EQ(result.maybe_delivered, uncertain);
    EXPECT_EQ(result.records, pending_ones);
}

TEST_F(Salvage, RemembersWhichSendingsHadBegun) {
    options.directory = root.path() / "spool";
    open();
    pending();
    spool->close();
    damaged = file();
    options.directory = root.path() / "new";
    open();

    run();
    append(*spool, {});

    for (const auto& stored : pending()) EXPECT_EQ(stored.interrupted, !stored.record.deduplicated);
}

TEST_F(Salvage, OnlyReadsTheFile) {
    const std::string before = DamagedFile(damaged).checksum();

    run();

    EXPECT_EQ(DamagedFile(damaged).checksum(), before);
}

TEST_F(Salvage, GivesIdsAndNumbersThatNobodyHas) {
    append(*spool, {record("first", noon - 1h)});
    const auto held = lease(*spool, due_at(noon, 1))->front().id;

    run();
    append(*spool, {record("last", noon + 30min)});
    settle(*spool, {delivered(held)});

    EXPECT_EQ(spool->ledger().total().pending(), pending_ones + 1);
    EXPECT_EQ(pending().size(), pending_ones + 1);
}

std::string refusal(const std::function<void()>& action) {
    try {
        action();
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return "";
}

TEST_F(Salvage, RefusesTheStoreItself) {
    damaged = file();

    EXPECT_NE(refusal([this] { run(); }).find("is the store itself"), std::string::npos);
}

TEST_F(Salvage, IsDoneByOneAtATime) {
    const DirectoryLock other(options.directory, DirectoryLock::Work::Salvage);

    EXPECT_NE(refusal([this] { run(); }).find("is salvaging"), std::string::npos);
    EXPECT_EQ(account(), Counts{});
}

}  // namespace
}  // namespace pinrelay::spool
