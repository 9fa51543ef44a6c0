#include <gtest/gtest.h>

#include "spool/due_records.hpp"
#include "spool/store.hpp"
#include "support/temporary_directory.hpp"

// A lease must stay cheap at millions of records: its statements walk an index in order and sort nothing.
namespace pinrelay::spool {
namespace {

class LeasePlan : public testing::TestWithParam<const char*> {};

TEST_P(LeasePlan, WalksTheIndexInOrder) {
    const test::TemporaryDirectory directory;
    Store store(directory.path() / "spool.sqlite");

    Statement explain(store.connection(), std::string("EXPLAIN QUERY PLAN ") + GetParam());
    std::string plan;
    for (Rows rows = explain.query(); rows.next();) plan += rows.text(3) + "\n";

    EXPECT_NE(plan.find("INDEX record_due (destination=?"), std::string::npos) << plan;
    EXPECT_EQ(plan.find("SCAN"), std::string::npos) << plan;
    EXPECT_EQ(plan.find("TEMP B-TREE"), std::string::npos) << plan;
}

INSTANTIATE_TEST_SUITE_P(Statements, LeasePlan, testing::Values(lease_sql::wake, lease_sql::fresh, lease_sql::stale));

}  // namespace
}  // namespace pinrelay::spool
