#include "spool/journal/journal_report.hpp"

#include <gtest/gtest.h>

#include "fixtures/test_logger.hpp"

namespace pinrelay::spool {
namespace {

using namespace std::chrono_literals;

class Report : public testing::Test {
protected:
    void note(std::uint64_t left_out, std::uint64_t removed_early, std::chrono::minutes after = 0min) {
        report.note({.left_out = left_out, .removed_early = removed_early, .since = {}}, start + after);
    }

    test::TestLogger logger;
    JournalReport report{logger};
    const JournalReport::Steady::time_point start = JournalReport::Steady::now();
};

TEST_F(Report, LogsNothingWhereNothingIsLost) {
    note(0, 0);

    EXPECT_EQ(logger.count(LogLevel::Warn), 0U);
}

TEST_F(Report, LogsEachKindOnceAnHour) {
    note(3, 5);
    note(4, 9, 59min);
    EXPECT_EQ(logger.count(LogLevel::Warn), 2U);

    note(4, 9, 61min);
    EXPECT_EQ(logger.count(LogLevel::Warn), 4U);
    note(4, 9, 200min);
    EXPECT_EQ(logger.count(LogLevel::Warn), 4U);
}

TEST_F(Report, GoesOnWhereTheCountsBeginAnew) {
    note(0, 500);
    note(0, 0, 61min);
    note(0, 7, 62min);

    EXPECT_EQ(logger.count(LogLevel::Warn), 2U);
}

}  // namespace
}  // namespace pinrelay::spool
