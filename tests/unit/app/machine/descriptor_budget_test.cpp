#include "app/machine/descriptor_budget.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace pinrelay::app {
namespace {

TEST(DescriptorBudget, LeavesConnectionsAloneWhereThereAreDescriptorsEnough) {
    EXPECT_EQ(connections_within(10'000, 1'048'576), 10'000u);
    EXPECT_EQ(connections_within(10'000, std::numeric_limits<std::size_t>::max()), 10'000u);
}

TEST(DescriptorBudget, KeepsDescriptorsForTheStoreAndTheAdminPort) {
    EXPECT_EQ(connections_within(10'000, 10'000), 9'744u);
    EXPECT_EQ(connections_within(10'000, 1'024), 768u);
    EXPECT_EQ(connections_within(10'000, 100), 50u);
}

TEST(DescriptorBudget, NeverRefusesEverybody) {
    EXPECT_EQ(connections_within(10'000, 1), 1u);
    EXPECT_EQ(connections_within(10'000, 0), 1u);
}

TEST(DescriptorBudget, KnowsTheLimitOfThisProcess) { EXPECT_GT(descriptor_limit(), 0u); }

}  // namespace
}  // namespace pinrelay::app
