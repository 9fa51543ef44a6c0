#include <gtest/gtest.h>

#include "fixtures/temporary_directory.hpp"
#include "spool/sqlite/store.hpp"
#include "spool/sqlite/tables/due_records.hpp"
#include "spool/sqlite/tables/letter_removal.hpp"
#include "spool/sqlite/tables/old_records.hpp"

// A lease, and looking for what is too old, must stay cheap at millions of records: the statements walk an index in
// order and sort nothing.
namespace pinrelay::spool {
namespace {

struct Walk {
    const char* sql;
    const char* index;
};

class Plan : public testing::TestWithParam<Walk> {};

TEST_P(Plan, WalksTheIndexInOrder) {
    const test::TemporaryDirectory directory;
    Store store(directory.path() / "spool.sqlite");

    Statement explain(store.connection(), std::string("EXPLAIN QUERY PLAN ") + GetParam().sql);
    std::string plan;
    for (Rows rows = explain.query(); rows.next();) plan += rows.text(3) + "\n";

    EXPECT_NE(plan.find(std::string("INDEX ") + GetParam().index + " ("), std::string::npos) << plan;
    EXPECT_EQ(plan.find("SCAN"), std::string::npos) << plan;
    EXPECT_EQ(plan.find("TEMP B-TREE"), std::string::npos) << plan;
}

INSTANTIATE_TEST_SUITE_P(
    Statements, Plan,
    testing::Values(Walk{lease_sql::wake, "record_due"}, Walk{lease_sql::fresh, "record_due"},
                    Walk{lease_sql::stale, "record_due"}, Walk{lease_sql::fresh_newest, "record_due"},
                    Walk{lease_sql::stale_newest, "record_due"}, Walk{expire_sql::ready, "record_due"},
                    Walk{lease_sql::stranded, "record_due"}, Walk{expire_sql::waiting, "record_waiting"},
                    Walk{removal_sql::of_reason, "dead_letter_reason"},
                    Walk{removal_sql::oldest, "dead_letter_destination"}, Walk{removal_sql::died, "dead_letter_died"}));

}  // namespace
}  // namespace pinrelay::spool
