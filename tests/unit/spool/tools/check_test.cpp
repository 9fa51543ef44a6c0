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

    EXPECT_TRUE(contains(problems(file()), "counts 600 pending events of shop, checkout, and there are 598"))
        << problems(file());
}

TEST_F(Check, HoldsTheLedgerAgainstTheDeadLetters) {
    spool->close();
    run_sql("UPDATE dead_reason SET records = 1");

    EXPECT_TRUE(contains(problems(file()), "has counted 1 dead letters of shop, refused, and there are 100"))
        << problems(file());
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
