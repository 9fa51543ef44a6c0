#include "spool/usage.hpp"

#include <gtest/gtest.h>

#include "fixtures/spool_records.hpp"

namespace pinrelay::spool {
namespace {

constexpr std::uint64_t bound = 1000;

Usage holding(std::uint64_t shop, std::uint64_t blog) {
    Usage usage;
    usage.total.records = shop + blog;
    usage.by_destination["shop"].records = shop;
    usage.by_destination["blog"].records = blog;
    return usage;
}

bool allows(const FairShare& share, const std::string& destination, const Usage& used) {
    return share.allows(destination, used, &Load::records, bound);
}

FairShare shop_and_blog() {
    FairShare share;
    share.divide_between({"shop", "blog"});
    return share;
}

TEST(FairShare, OneDestinationMayHaveAll) {
    FairShare share;
    share.divide_between({"shop"});

    EXPECT_TRUE(allows(share, "shop", holding(1000, 0)));
}

TEST(FairShare, OneOfTwoMayHaveHalfAndItsOwnPart) {
    const auto share = shop_and_blog();

    EXPECT_TRUE(allows(share, "shop", holding(750, 0)));
    EXPECT_FALSE(allows(share, "shop", holding(751, 0)));
}

TEST(FairShare, TheOtherMayFillThePartThatWasKeptForIt) {
    const auto share = shop_and_blog();

    EXPECT_TRUE(allows(share, "blog", holding(750, 250)));
    EXPECT_FALSE(allows(share, "shop", holding(751, 249)));
}

TEST(FairShare, WhatOneHasOfItsPartIsNotKeptASecondTime) {
    const auto share = shop_and_blog();

    EXPECT_TRUE(allows(share, "shop", holding(700, 300)));
}

TEST(FairShare, OneThatIsNotAmongThemLeavesEachPartFree) {
    const auto share = shop_and_blog();
    Usage used;
    used.total.records = 501;
    used.by_destination["former"].records = 501;

    EXPECT_FALSE(allows(share, "former", used));
}

TEST(UsageOf, AnAppendIsCountedForEachDestination) {
    const Command append =
        AppendCommand{test::arrivals({test::record("a"), test::record("b"), test::record("c", test::noon, "blog")}),
                      test::noon, nullptr};

    const auto usage = usage_of(append);

    EXPECT_EQ(usage.total.records, 3U);
    EXPECT_EQ(usage.by_destination.at("shop").records, 2U);
    EXPECT_EQ(usage.by_destination.at("blog").records, 1U);
    EXPECT_EQ(usage.total.bytes, usage.by_destination.at("shop").bytes + usage.by_destination.at("blog").bytes);
}

}  // namespace
}  // namespace pinrelay::spool
