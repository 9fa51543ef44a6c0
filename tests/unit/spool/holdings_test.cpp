#include "spool/holdings.hpp"

#include <gtest/gtest.h>

namespace pinrelay::spool {
namespace {

constexpr std::uint64_t store_bytes = 100'000;
constexpr std::uint64_t no_limit = DeadLetterLimits::no_quota;

Ledger ledger_with(std::uint64_t shop, std::uint64_t blog) {
    Ledger ledger;
    ledger.bytes = store_bytes;
    ledger.by_label[{"shop", "checkout"}].stored = shop;
    ledger.by_label[{"blog", "signup"}].stored = blog;
    return ledger;
}

LedgerChange appended(const std::string& destination, std::uint64_t records, std::uint64_t bytes) {
    LedgerChange change;
    change.by_label[{destination, "checkout"}].stored = records;
    change.appended[destination].bytes = bytes;
    return change;
}

TEST(Holdings, BeforeAnythingIsAppendedRecordsDivideTheBytes) {
    const Holdings holdings;

    const auto usage = holdings.usage(ledger_with(30, 10), no_limit);

    EXPECT_EQ(usage.total.records, 40U);
    EXPECT_EQ(usage.total.bytes, store_bytes);
    EXPECT_EQ(usage.by_destination.at("shop").bytes, store_bytes * 3 / 4);
    EXPECT_EQ(usage.by_destination.at("blog").bytes, store_bytes / 4);
}

TEST(Holdings, LargeRecordsWeighMore) {
    Holdings holdings;
    holdings.apply(appended("shop", 10, 90'000));
    holdings.apply(appended("blog", 10, 10'000));

    const auto usage = holdings.usage(ledger_with(10, 10), no_limit);

    EXPECT_EQ(usage.by_destination.at("shop").bytes, store_bytes * 9 / 10);
    EXPECT_EQ(usage.by_destination.at("shop").records, 10U);
}

TEST(Holdings, DeadLettersAreNoDestinationsPart) {
    Ledger ledger = ledger_with(10, 10);
    ledger.dead_letters["shop"] = {30, store_bytes / 5};

    const auto usage = Holdings().usage(ledger, no_limit);

    EXPECT_EQ(usage.by_destination.at("shop").bytes, store_bytes * 2 / 5);
    EXPECT_EQ(usage.by_destination.at("shop").records, 10U);
    EXPECT_EQ(usage.total.bytes, store_bytes);
}

TEST(Holdings, DeadLettersBeyondTheirLimitTakeNoRoom) {
    Ledger ledger = ledger_with(10, 10);
    ledger.dead_letters["shop"] = {30, store_bytes / 2};

    EXPECT_EQ(Holdings().usage(ledger, store_bytes / 10).total.bytes, store_bytes * 6 / 10);
}

TEST(Holdings, AnEmptyStoreIsNobodys) {
    const auto usage = Holdings().usage(ledger_with(0, 0), no_limit);

    EXPECT_EQ(usage.by_destination.at("shop").bytes, 0U);
    EXPECT_EQ(usage.total.bytes, store_bytes);
}

}  // namespace
}  // namespace pinrelay::spool
