#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <thread>
#include <tuple>

#include "fixtures/faulty_disk.hpp"
#include "fixtures/silent_logger.hpp"
#include "fixtures/spool_records.hpp"
#include "fixtures/temporary_directory.hpp"
#include "pinrelay/spool/spool_file.hpp"
#include "pinrelay/spool/sqlite.hpp"
#include "spool/memory/memory_model.hpp"

// The SQLite spool against the model: the same random calls, the same answers.
namespace pinrelay::spool {
namespace {

using std::chrono::seconds;

// Steps of 75 s, and tables of twelve keys: steps end, tables fill and the oldest go, all the time.
constexpr DuplicateOptions guarded{.window = std::chrono::minutes(10), .max_keys = 100};

// As docs/spool.md has it.
std::map<std::string, DeadLetterSize> sizes_of(const std::vector<DeadLetter>& letters) {
    std::map<std::string, DeadLetterSize> sizes;
    for (const DeadLetter& letter : letters) {
        const Record& record = letter.stored.record;
        DeadLetterSize& size = sizes[record.destination];
        ++size.letters;
        size.bytes += 300 + record.body.size() + letter.message.size() + record.event_id.size() +
                      record.source_name.size() + 3 * record.destination.size();
    }
    return sizes;
}

class Pair {
public:
    Pair(unsigned seed, DuplicateOptions duplicates) : random_(seed), duplicates_(duplicates), model_(duplicates) {
        disk_.passes_syncs_on = false;
        open();
    }

    void step() {
        clock_.now += seconds(pick(0, 30));
        switch (pick(0, 9)) {
            case 0: return pick(0, 9) == 0 ? refuse() : append();
            case 1:
            case 2: return append();
            case 3:
            case 4:
            case 5: return lease();
            case 9: return pick(0, 5) == 0 ? reopen() : settle();
            case 8: return pick(0, 5) == 0 ? expire() : settle();
            case 7: return pick(0, 5) == 0 ? replay() : settle();
            case 6: return pick(0, 9) == 0 ? purge() : settle();
            default: return settle();
        }
    }

    void expect_equal() {
        Ledger real = spool_->ledger();
        const Ledger wanted = model_.ledger();
        EXPECT_EQ(real.by_label, wanted.by_label);
        EXPECT_EQ(real.oldest_pending, wanted.oldest_pending);
        EXPECT_EQ(real.dead_by_reason, wanted.dead_by_reason);
        EXPECT_TRUE(real.writable);
        EXPECT_EQ(real.dead_letters, sizes_of(model_.dead_letters("", 10'000)));
        for (const std::string destination : {"shop", "shop2", "shop3"}) {
            EXPECT_EQ(spool_->waiting(destination), real.waiting(destination));
            EXPECT_EQ(spool_->waiting(destination), model_.waiting(destination));
        }
    }

    void expect_equal_dead_letters() {
        const auto real = test::dead_letters(directory_.path());
        const auto wanted = model_.dead_letters("", 10'000);
        ASSERT_EQ(real.size(), wanted.size());
        for (std::size_t i = 0; i < real.size(); ++i) {
            EXPECT_EQ(real[i].number, wanted[i].number);
            EXPECT_EQ(real[i].stored, wanted[i].stored);
            EXPECT_EQ(real[i].reason, wanted[i].reason);
            EXPECT_EQ(real[i].died, wanted[i].died);
        }
    }

private:
    int pick(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }
    std::string pick_destination() { return pick(0, 2) == 0 ? "shop2" : "shop"; }

    void open() {
        SqliteOptions options;
        options.directory = directory_.path();
        options.duplicates = duplicates_;
        options.journal.keep = std::chrono::hours(24 * 365);
        spool_ = open_sqlite_spool(options, clock_.clock(), logger_);
    }

    void reopen() {
        spool_.reset();
        open();
        model_.release_all();
    }

    std::vector<Arrival> pick_arrivals(int least) {
        std::vector<Arrival> arrivals;
        for (int i = pick(least, 20); i > 0; --i) {
            const int id = pick(0, 1) == 0 ? ++events_ : std::max(1, events_ - pick(0, 60));
            Record record = test::record(std::to_string(id), clock_.now - seconds(pick(0, 7200)), pick_destination());
            const auto subject = static_cast<std::uint64_t>(pick(0, 3));
            record.event_label = pick(0, 1) == 0 ? "checkout" : "lead";
            record.source_name = pick(0, 1) == 0 ? "purchase" : "";
            record.deduplicated = pick(0, 1) == 0;
            record.body.append(static_cast<std::size_t>(pick(0, 6000)), 'x');
            arrivals.push_back({std::move(record), subject, pick_trust(), pick_essence()});
            // Now and then it is one that was sent before.
            if (!sent_.empty() && pick(0, 4) == 0)
                arrivals.back() = sent_[static_cast<std::size_t>(pick(0, static_cast<int>(sent_.size()) - 1))];
            sent_.push_back(arrivals.back());
        }
        return arrivals;
    }

    model::Trust pick_trust() {
        constexpr std::array trusts = {model::Trust::Anonymous, model::Trust::Anonymous, model::Trust::Browser,
                                       model::Trust::Network, model::Trust::Signed};
        return trusts[static_cast<std::size_t>(pick(0, 4))];
    }

    model::Essence pick_essence() {
        model::Essence essence;
        essence.value = static_cast<std::uint64_t>(pick(0, 2));
        for (std::size_t kind = 0; kind < 3; ++kind)
            if (pick(0, 1) == 0) essence.identifiers[kind * 3] = static_cast<std::uint16_t>(pick(1, 3) == 1 ? 7 : 8);
        return essence;
    }

    void append() {
        const auto arrivals = pick_arrivals(0);
        const auto foreseen = test::check_duplicates(*spool_, arrivals);
        const auto found = test::append_arrivals(*spool_, arrivals);
        ASSERT_TRUE(foreseen);
        ASSERT_TRUE(found);
        ASSERT_EQ(*foreseen, model_.check_duplicates(arrivals, clock_.now));
        ASSERT_EQ(*found, model_.append(arrivals, clock_.now));
    }

    // The disk refuses the commit, and works again.
    void refuse() {
        const auto arrivals = pick_arrivals(1);
        disk_.write_answer = SQLITE_FULL;
        ASSERT_FALSE(test::append_arrivals(*spool_, arrivals));
        disk_.write_answer = SQLITE_OK;
        while (!spool_->ledger().writable) std::this_thread::yield();
        model_.refuse(arrivals, clock_.now);
    }

    void lease() {
        LeaseRequest request = test::due_at(clock_.now, static_cast<std::size_t>(pick(0, 15)));
        request.destination = pick_destination();
        request.max_bytes = static_cast<std::size_t>(pick(1, 30'000));
        request.fresh_since = clock_.now - seconds(pick(0, 7200));
        request.fresh_only = pick(0, 3) == 0;
        request.newest_first = pick(0, 3) == 0;
        if (pick(0, 3) == 0) request.event_since = clock_.now - seconds(pick(0, 7200));
        if (pick(0, 3) == 0) request.longest_wait = seconds(pick(0, 90));
        const auto real = test::lease(*spool_, request);
        const auto wanted = model_.lease(request, clock_.now);
        ASSERT_TRUE(real);
        EXPECT_EQ(*real, wanted);
        for (const auto& stored : wanted) leased_.push_back(stored.id);
    }

    void settle() {
        std::vector<Settlement> settlements;
        for (int i = pick(0, 10); i > 0 && !leased_.empty(); --i) {
            const auto at = leased_.begin() + pick(0, static_cast<int>(leased_.size()) - 1);
            const RecordId id = *at;
            if (pick(0, 9) != 0) leased_.erase(at);  // now and then one is settled twice
            const int fate = pick(0, 3);
            if (fate == 0) settlements.push_back(test::dead(id, pick(0, 1) == 0 ? "refused" : "too_old", "no"));
            if (fate == 1) settlements.push_back(test::retry(id, clock_.now + seconds(pick(-60, 120))));
            if (fate > 1) settlements.push_back(test::delivered(id));
        }
        ASSERT_TRUE(test::settle(*spool_, settlements));
        model_.settle(settlements, clock_.now);
    }

    void expire() {
        const Time before = clock_.now - seconds(pick(0, 7200));
        const std::string destination = pick_destination();
        const auto limit = static_cast<std::size_t>(pick(0, 20));
        const auto real = test::expire(*spool_, before, limit, destination);
        ASSERT_TRUE(real);
        EXPECT_EQ(*real, model_.expire(destination, before, "too_old", "too old", limit, clock_.now));
    }

    // A tool works beside the open spool, which notices with its next commit.
    void replay() {
        const Selection selection = pick_letters();
        const std::string label = pick(0, 1) == 0 ? "checkout" : "lead";
        const auto rewrite = [&label](const DeadLetter& letter) -> std::optional<Record> {
            if (letter.number % 4 == 0) return std::nullopt;
            Record record = letter.stored.record;
            record.event_label = label;
            return record;
        };
        std::uint64_t wanted = 0;
        for (const auto& letter : selected(selection)) {
            const auto record = rewrite(letter);
            if (!record) continue;
            model_.replay(letter.number, *record);
            ++wanted;
        }
        EXPECT_EQ(SpoolFile(directory_.path(), SpoolFile::Access::Write).replay(selection, rewrite), wanted);
        ASSERT_TRUE(test::append(*spool_, {}));
    }

    void purge() {
        const Selection selection = pick_letters();
        const auto letters = selected(selection);
        for (const auto& letter : letters) model_.purge(letter.number);
        EXPECT_EQ(SpoolFile(directory_.path(), SpoolFile::Access::Write).purge(selection), letters.size());
        ASSERT_TRUE(test::append(*spool_, {}));
    }

    Selection pick_letters() {
        Selection selection;
        if (pick(0, 1) == 0) selection.destination = pick_destination();
        if (pick(0, 1) == 0) selection.reason = pick(0, 1) == 0 ? "refused" : "too_old";
        if (pick(0, 1) == 0) selection.died_since = clock_.now - seconds(pick(0, 600));
        if (pick(0, 2) == 0)
            for (int i = pick(1, 5); i > 0; --i) selection.numbers.push_back(pick(1, 50));
        return selection;
    }

    std::vector<DeadLetter> selected(const Selection& selection) const {
        std::vector<DeadLetter> letters = model_.dead_letters(selection.destination.value_or(""), 10'000);
        std::erase_if(letters, [&selection](const DeadLetter& letter) {
            const auto& numbers = selection.numbers;
            const bool named = numbers.empty() || std::ranges::find(numbers, letter.number) != numbers.end();
            const bool reason = !selection.reason || *selection.reason == letter.reason;
            return !named || !reason || (selection.died_since && letter.died < *selection.died_since);
        });
        return letters;
    }

public:
    // What it has of each event and outcome is what the ledger counts.
    void expect_that_the_journal_agrees() const {
        Counts counted;
        for (const FoundEvent& event : JournalFile(directory_.path()).last(1'000'000).events) {
            counted.folded += event.what == Happened::Duplicate ? 1 : 0;
            counted.unfolded += event.what == Happened::SentAfterAll ? 1 : 0;
            if (event.what == Happened::Duplicate) continue;
            ++counted.stored;
            for (const FoundOutcome& outcome : event.outcomes)
                ++(outcome.what == Happened::Delivered ? counted.delivered : counted.dead_lettered);
        }
        const Counts wanted = spool_->ledger().total();
        EXPECT_GT(counted.stored, 0U);
        EXPECT_EQ(counted.stored, wanted.stored);
        EXPECT_EQ(counted.folded, wanted.folded);
        EXPECT_EQ(counted.unfolded, wanted.unfolded);
        EXPECT_EQ(counted.delivered, wanted.delivered);
        EXPECT_EQ(counted.dead_lettered, wanted.dead_lettered);
    }

private:
    std::mt19937 random_;
    const DuplicateOptions duplicates_;
    test::FaultyDisk disk_;
    test::TemporaryDirectory directory_;
    test::SilentLogger logger_;
    test::ManualClock clock_;
    std::unique_ptr<Spool> spool_;
    MemoryModel model_;
    std::vector<RecordId> leased_;
    std::vector<Arrival> sent_;
    int events_ = 0;
};

class SpoolModel : public testing::TestWithParam<std::tuple<DuplicateOptions, unsigned>> {};

TEST_P(SpoolModel, SqliteDoesWhatTheModelDoes) {
    Pair pair(std::get<unsigned>(GetParam()), std::get<DuplicateOptions>(GetParam()));

    for (int step = 0; step < 300 && !HasFailure(); ++step) {
        SCOPED_TRACE("step " + std::to_string(step));
        pair.step();
        pair.expect_equal();
    }

    pair.expect_equal_dead_letters();
    pair.expect_that_the_journal_agrees();
}

constexpr auto seeds = {1U, 2U, 3U, 5U, 8U, 13U, 21U, 34U, 323U};
INSTANTIATE_TEST_SUITE_P(Unguarded, SpoolModel,
                         testing::Combine(testing::Values(DuplicateOptions{}), testing::ValuesIn(seeds)));
INSTANTIATE_TEST_SUITE_P(Guarded, SpoolModel, testing::Combine(testing::Values(guarded), testing::ValuesIn(seeds)));

}  // namespace
}  // namespace pinrelay::spool
