#include "pinrelay/spool/check.hpp"

#include "fixtures/damaged_spool.hpp"

namespace pinrelay::spool {
namespace {

using test::append;
using test::record;

bool begins_as_object(const Record& record) { return record.body.starts_with("{"); }

class Check : public test::DamagedSpoolTest {
protected:
    // All in one text.
    static std::string problems(const std::filesystem::path& path) {
        std::string text;
        for (const auto& problem : problems_of(path, begins_as_object)) text += problem + "\n";
        return text;
    }

    static bool contains(const std::string& text, const std::string& part) {
        return text.find(part) != std::string::npos;
    }
};

TEST_F(Check, FindsNothingInASoundFileBesideAnOpenSpoolOrWithoutOne) {
    const std::string beside = problems(file());
    spool->close();

    EXPECT_EQ(beside, "");
    EXPECT_EQ(problems(file()), "");
}

TEST_F(Check, TellsHowFarItIs) {
    std::vector<std::uint64_t> done;
    std::vector<std::uint64_t> all;

    problems_of(file(), begins_as_object, [&](std::uint64_t bodies, std::uint64_t of) {
        done.push_back(bodies);
        all.push_back(of);
    });

    ASSERT_GT(done.size(), 2U);
    EXPECT_EQ(all.front(), 0U) << "the pages come first";
    EXPECT_EQ(done[1], 1U);
    EXPECT_EQ(done.back(), all.back());
}

TEST_F(Check, FindsPagesThatAreDamaged) {
    const auto damaged = copy_closed();
    overwrite_page(damaged, pages(damaged) / 2, 'x');

    EXPECT_NE(problems(damaged), "");
}

TEST_F(Check, SaysThatAFileIsNoDatabase) {
    const auto damaged = copy_closed();
    overwrite_page(damaged, 1);

    EXPECT_TRUE(contains(problems(damaged), "not a database")) << problems(damaged);
}

TEST_F(Check, HoldsTheLedgerAgainstTheRecords) {
    spool->close();
    run_sql("DELETE FROM record WHERE event_id IN ('500', '501')");

    EXPECT_TRUE(contains(problems(file()), "shop, checkout: the ledger counts 600 pending events, and there are 598\n"))
        << problems(file());
}

TEST_F(Check, HoldsTheLedgerAgainstTheDeadLetters) {
    spool->close();
    run_sql("UPDATE dead_reason SET records = 1");

    EXPECT_TRUE(contains(problems(file()), "shop, refused: the ledger has counted 1 dead letters, and there are 100\n"))
        << problems(file());
}

TEST_F(Check, HoldsTheSumsAgainstTheDeadLetters) {
    spool->close();
    run_sql("UPDATE dead_letter_size SET letters = letters - 1, bytes = bytes + 1");

    const std::string found = problems(file());

    EXPECT_TRUE(contains(found, "shop: the sums count 99 dead letters, and there are 100\n")) << found;
    EXPECT_TRUE(contains(found, "bytes of dead letters, and there are ")) << found;
}

TEST_F(Check, FindsWhatIsMissingOfTheSchema) {
    spool->close();
    run_sql("DROP TRIGGER dead_letter_taken; DROP INDEX dead_letter_died");

    EXPECT_EQ(problems(file()), "the index dead_letter_died is missing\nthe trigger dead_letter_taken is missing\n");
}

TEST_F(Check, FindsDuplicatesAndRivalsWithoutAnEvent) {
    spool->close();
    run_sql(
        "INSERT INTO copy VALUES (5000, zeroblob(36), '', 'checkout', 1, 1, 1, '{}'),"
        "(5001, 'short', '', 'checkout', 1, 1, 1, '{}'); INSERT INTO rival VALUES (5002, 7, -1)");

    EXPECT_EQ(problems(file()),
              "2 duplicates are kept for events that are not pending, beginning with the record 5000\n"
              "1 duplicates are kept without whole digests, beginning with that of the record 5001\n"
              "1 rivals are not pending, beginning with the record 5002\n"
              "1 rivals have no class of trust or no print, beginning with the record 5002\n");
}

TEST_F(Check, FindsDuplicatesThatMayNotBeSent) {
    spool->close();
    run_sql("INSERT INTO copy VALUES (700, zeroblob(36), '', 'checkout', 1, 1, 1, 'no')");

    EXPECT_EQ(problems(file()),
              "1 duplicates whose body is not what may be sent, beginning with that of the record 700\n");
}

TEST_F(Check, FindsCountsOfDuplicatesThatCannotBe) {
    spool->close();
    run_sql("UPDATE ledger SET unfolded = 2, folded = 1, conflicts = 5000, reused = -1");

    const std::string found = problems(file());

    EXPECT_TRUE(contains(found, "shop: the ledger counts 2 duplicates that were sent after all, of 1 duplicates\n"))
        << found;
    EXPECT_TRUE(contains(found, "shop: the ledger counts 5000 conflicts, of 901 events\n")) << found;
    EXPECT_TRUE(contains(found, "1 rows of the ledger have a count below zero, the first with stored = 900\n"))
        << found;
}

TEST_F(Check, LooksIntoTheMemoryOfDuplicates) {
    spool->close();
    run_sql("DELETE FROM secret; UPDATE seen_anonymous SET changes = changes || x'09'");

    const std::string found = problems(file());

    EXPECT_TRUE(contains(found, "the key of what is remembered is missing")) << found;
    EXPECT_TRUE(contains(found, "rows of seen_anonymous are no list of changes, beginning with 1\n")) << found;
}

TEST_F(Check, LooksIntoTheJournal) {
    options.journal.keep = std::chrono::hours(24);
    open();
    append(*spool, {record("a")});
    spool->close();
    EXPECT_EQ(problems(file()), "");

    run_sql(
        "UPDATE journal SET entries = entries || x'09'; INSERT INTO journal_outcome VALUES (5, x'0102');"
        "INSERT INTO journal_keys VALUES (7, x'0102'); UPDATE journal_kind SET what = 9;"
        "INSERT INTO journal_segment VALUES (1, 1, 5, 0, 0, 0, 0), (2, 7, 8, 0, 0, 0, 0)");

    EXPECT_EQ(problems(file()),
              "1 rows of the journal are no list of entries, beginning with 1\n"
              "1 rows of the journal's keys are no list of keys, or of no segment, beginning with 7\n"
              "1 segments of the journal do not follow each other, beginning with 2\n"
              "1 kinds of the journal's entries are not known, beginning with 1\n"
              "1 rows of journal_outcome are no list of outcomes, beginning with 5\n");
}

TEST_F(Check, FindsBodiesThatMayNotBeSent) {
    spool->close();
    run_sql("UPDATE record SET body = 'no' WHERE id IN (700, 701); UPDATE dead_letter SET body = '' WHERE number = 3");

    const std::string found = problems(file());

    EXPECT_TRUE(contains(found, "2 events whose body is not what may be sent, beginning with the record 700")) << found;
    EXPECT_TRUE(contains(found, "1 dead letters whose body is not what may be sent, beginning with number 3")) << found;
}

TEST_F(Check, ThrowsWhereThereIsNoFile) {
    EXPECT_THROW(problems_of(root.path() / "nowhere", begins_as_object), std::runtime_error);
}

}  // namespace
}  // namespace pinrelay::spool
