#include "spool/duplicates/reuse_report.hpp"

#include <gtest/gtest.h>

#include "fixtures/test_logger.hpp"

namespace pinrelay::spool {
namespace {

using namespace std::chrono_literals;

LedgerChange reused(std::uint64_t events, const std::string& label = "checkout") {
    LedgerChange change;
    change.by_label[{"shop", label}].reused = events;
    return change;
}

class ReuseReportTest : public testing::Test {
protected:
    test::TestLogger logger;
    ReuseReport report{logger};
    const ReuseReport::Steady::time_point start{1h};
};

TEST_F(ReuseReportTest, SaysAtOnceWhereAndHowMany) {
    report.note(reused(3), start);

    EXPECT_EQ(logger.count(LogLevel::Warn, "share an event id"), 1U);
    EXPECT_EQ(logger.count(LogLevel::Warn, "destination=shop event=checkout events=3"), 1U);
}

TEST_F(ReuseReportTest, SaysItOncePerMinuteWithWhatCameMeanwhile) {
    report.note(reused(1), start);
    report.note(reused(2), start + 1s);
    report.note(reused(4), start + 59s);
    const auto within = logger.count(LogLevel::Warn);

    report.note(reused(8), start + 60s);

    EXPECT_EQ(within, 1U);
    EXPECT_EQ(logger.count(LogLevel::Warn), 2U);
    EXPECT_EQ(logger.count(LogLevel::Warn, "events=14"), 1U);
}

TEST_F(ReuseReportTest, CountsEachLabelByItself) {
    report.note(reused(1), start);
    report.note(reused(2, "lead"), start);

    EXPECT_EQ(logger.count(LogLevel::Warn, "event=lead events=2"), 1U);
}

TEST_F(ReuseReportTest, ReportsConflictsByThemselves) {
    LedgerChange change = reused(1);
    change.by_label[{"shop", "checkout"}].conflicts = 2;

    report.note(change, start);
    report.note(change, start + 59s);
    report.note(change, start + 60s);

    EXPECT_EQ(logger.count(LogLevel::Warn, "share an event id"), 2U);
    EXPECT_EQ(logger.count(LogLevel::Warn, "contradict each other"), 2U);
    EXPECT_EQ(logger.count(LogLevel::Warn, "destination=shop event=checkout events=4"), 1U);
}

TEST_F(ReuseReportTest, SaysNothingOfOtherChanges) {
    report.note(reused(0), start);

    EXPECT_EQ(logger.count(LogLevel::Warn), 0U);
}

}  // namespace
}  // namespace pinrelay::spool
