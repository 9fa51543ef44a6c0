#include <gtest/gtest.h>

#include "fixtures/spool_records.hpp"
#include "fixtures/temporary_directory.hpp"
#include "fixtures/test_logger.hpp"
#include "pinrelay/spool/memory.hpp"
#include "pinrelay/spool/sqlite.hpp"

// What every spool does with copies, for each kind of spool.
namespace pinrelay::spool {
namespace {

using namespace std::chrono_literals;
using namespace test;

enum class Engine { Memory, Sqlite };

Arrival about(std::uint64_t subject, const std::string& id = "a") { return {record(id), subject}; }

class SpoolDuplicates : public testing::TestWithParam<Engine> {
protected:
    SpoolDuplicates() { open({.window = 48h}); }

    void open(DuplicateOptions duplicates) {
        spool.reset();
        if (GetParam() == Engine::Memory) {
            spool = make_memory_spool(clock.clock(), duplicates);
            return;
        }
        SqliteOptions options;
        options.directory = directory.path();
        options.duplicates = duplicates;
        spool = open_sqlite_spool(options, clock.clock(), logger);
    }

    Counts counts() const { return spool->ledger().total(); }

    test::TemporaryDirectory directory;
    test::TestLogger logger;
    test::ManualClock clock;
    std::unique_ptr<Spool> spool;
};

TEST_P(SpoolDuplicates, FoldsACopyAndTakesItAllTheSame) {
    append_arrivals(*spool, {about(7)});

    const auto answer = append_arrivals(*spool, {about(7)});

    EXPECT_TRUE(answer);
    EXPECT_EQ(counts(), (Counts{.stored = 1, .folded = 1}));
    EXPECT_EQ(event_ids(lease(*spool, due_at(noon))), Ids({"a"}));
}

TEST_P(SpoolDuplicates, FoldsCopiesOfOneAppendAndKeepsTheirSiblings) {
    append_arrivals(*spool, {about(7), about(7), about(7, "b")});

    EXPECT_EQ(counts(), (Counts{.stored = 2, .folded = 1}));
    EXPECT_EQ(event_ids(lease(*spool, due_at(noon))), Ids({"a", "b"}));
}

TEST_P(SpoolDuplicates, FoldsACopyWhoseOriginalIsDelivered) {
    append_arrivals(*spool, {about(7)});
    settle(*spool, {delivered(lease(*spool, due_at(noon))->front().id)});

    append_arrivals(*spool, {about(7)});

    EXPECT_EQ(counts(), (Counts{.stored = 1, .delivered = 1, .folded = 1}));
    EXPECT_TRUE(lease(*spool, due_at(noon))->empty());
}

TEST_P(SpoolDuplicates, FoldsWhereOneSubjectIsNotKnown) {
    append_arrivals(*spool, {about(0), about(7, "b")});

    append_arrivals(*spool, {about(7), about(0, "b")});

    EXPECT_EQ(counts(), (Counts{.stored = 2, .folded = 2}));
}

TEST_P(SpoolDuplicates, StoresAnotherEventUnderTheSameIdAndCountsIt) {
    append_arrivals(*spool, {about(7)});

    append_arrivals(*spool, {about(8), about(9)});

    EXPECT_EQ(counts(), (Counts{.stored = 3, .reused = 2}));
    EXPECT_EQ(event_ids(lease(*spool, due_at(noon))), Ids({"a", "a", "a"}));
}

TEST_P(SpoolDuplicates, TellsDestinationsAndNamesApart) {
    Arrival other_name = about(7);
    other_name.record.event_name = "lead";
    Arrival other_shop = about(7);
    other_shop.record.destination = "shop2";

    append_arrivals(*spool, {about(7), other_name, other_shop});

    EXPECT_EQ(counts(), (Counts{.stored = 3}));
}

TEST_P(SpoolDuplicates, CountsACopyUnderItsLabel) {
    Arrival lead = about(7, "b");
    lead.record.event_name = lead.record.event_label = "lead";

    append_arrivals(*spool, {about(7), lead, lead});

    EXPECT_EQ(spool->ledger().by_label.at({"shop", "checkout"}), (Counts{.stored = 1}));
    EXPECT_EQ(spool->ledger().by_label.at({"shop", "lead"}), (Counts{.stored = 1, .folded = 1}));
}

TEST_P(SpoolDuplicates, StoresItAgainWhenTheWindowIsOver) {
    append_arrivals(*spool, {about(7)});
    clock.now = noon + 48h;
    append_arrivals(*spool, {about(7)});
    const Counts within = counts();
    clock.now = noon + 54h;

    append_arrivals(*spool, {about(7)});

    EXPECT_EQ(within, (Counts{.stored = 1, .folded = 1}));
    EXPECT_EQ(counts(), (Counts{.stored = 2, .folded = 1}));
}

TEST_P(SpoolDuplicates, TakesADeadEventAgain) {
    append_arrivals(*spool, {about(7)});
    settle(*spool, {dead(lease(*spool, due_at(noon))->front().id, "refused")});

    append_arrivals(*spool, {about(7)});

    EXPECT_EQ(counts(), (Counts{.stored = 2, .dead_lettered = 1}));
    EXPECT_EQ(event_ids(lease(*spool, due_at(noon))), Ids({"a"}));
}

TEST_P(SpoolDuplicates, TakesAnExpiredEventAgain) {
    append(*spool, {record("a", noon - 8h)});
    test::expire(*spool, noon);

    append(*spool, {record("a", noon - 8h)});

    EXPECT_EQ(counts(), (Counts{.stored = 2, .dead_lettered = 1}));
}

TEST_P(SpoolDuplicates, TellsTheListenerOfWhatIsStoredOnly) {
    int told = 0;
    spool->on_append([&told] { ++told; });

    append_arrivals(*spool, {about(7)});
    append_arrivals(*spool, {about(7)});
    spool->close();

    EXPECT_EQ(told, 1);
}

TEST_P(SpoolDuplicates, FoldsNothingWithoutAWindow) {
    open({});

    append_arrivals(*spool, {about(7), about(7)});
    append_arrivals(*spool, {about(7)});

    EXPECT_EQ(counts(), (Counts{.stored = 3}));
}

INSTANTIATE_TEST_SUITE_P(Kinds, SpoolDuplicates, testing::Values(Engine::Memory, Engine::Sqlite),
                         [](const auto& kind) { return kind.param == Engine::Memory ? "Memory" : "Sqlite"; });

}  // namespace
}  // namespace pinrelay::spool
