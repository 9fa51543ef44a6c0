#include "app/machine/cpu_quota.hpp"

#include <gtest/gtest.h>

namespace pinrelay::app {
namespace {

TEST(CpuQuota, ReadsCgroupV2Limits) {
    EXPECT_EQ(parse_cpu_max("150000 100000"), 1.5);
    EXPECT_EQ(parse_cpu_max("50000 100000\n"), 0.5);
}

TEST(CpuQuota, FindsNoLimitWhereThereIsNone) {
    EXPECT_EQ(parse_cpu_max("max 100000"), std::nullopt);
    EXPECT_EQ(parse_cpu_max(""), std::nullopt);
    EXPECT_EQ(parse_cpu_max("0 100000"), std::nullopt);
    EXPECT_EQ(parse_cpu_max("100000"), std::nullopt);
    EXPECT_EQ(parse_cpu_max("100000 0"), std::nullopt);
}

TEST(CpuQuota, AlwaysLeavesOneCpu) { EXPECT_GE(available_cpus(), 1U); }

}  // namespace
}  // namespace pinrelay::app
