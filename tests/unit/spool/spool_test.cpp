#include "pinrelay/spool/spool.hpp"

#include <gtest/gtest.h>

namespace pinrelay::spool {
namespace {

TEST(Ledger, AddsUpTheLabelsOfADestination) {
    Ledger ledger;
    ledger.by_label[{"a", "checkout"}] = {5, 2, 1};
    ledger.by_label[{"a", "lead"}] = {3, 0, 0};
    ledger.by_label[{"ab", "lead"}] = {7, 7, 0};

    const Counts total = ledger.total("a");

    EXPECT_EQ(total, (Counts{8, 2, 1}));
    EXPECT_EQ(total.pending(), 5U);
    EXPECT_EQ(ledger.total(), (Counts{15, 9, 1}));
}

TEST(SpoolErrc, SaysWhatHappened) {
    const ErrorCode error = SpoolErrc::Full;

    EXPECT_EQ(error.message(), "the spool is full");
    EXPECT_EQ(error, SpoolErrc::Full);
    EXPECT_NE(error, SpoolErrc::Closed);
}

}  // namespace
}  // namespace pinrelay::spool
