#include "app/attention/notice_logger.hpp"

#include <gtest/gtest.h>

#include "fixtures/test_logger.hpp"

namespace pinrelay::app {
namespace {

using namespace std::chrono_literals;

class NoticeLoggerTest : public testing::Test {
protected:
    Time now{1h};
    test::TestLogger next;
    NoticeLogger logger{next, [this] { return now; }};
};

TEST_F(NoticeLoggerTest, PassesEverythingOnAndRemembersWarningsAndErrors) {
    logger.info("started");
    logger.warn("a peer forwards visitors", {{"peer", "10.0.0.1"}});
    logger.error("the disk failed");

    EXPECT_EQ(next.lines().size(), 3U);
    const auto notices = logger.notices();
    ASSERT_EQ(notices.size(), 2U);
    EXPECT_EQ(notices[0].sentence, "a peer forwards visitors");
    EXPECT_EQ(notices[0].fields.front().second, "10.0.0.1");
    EXPECT_EQ(notices[1].level, LogLevel::Error);
}

TEST_F(NoticeLoggerTest, CountsASentenceThatDiffersInNumbersOnly) {
    logger.warn("dead letters were removed", {{"destination", "pinterest:1"}, {"letters", "3"}});
    now += 5min;
    logger.warn("dead letters were removed", {{"destination", "pinterest:1"}, {"letters", "8"}});
    logger.warn("dead letters were removed", {{"destination", "pinterest:2"}, {"letters", "8"}});

    const auto notices = logger.notices();
    ASSERT_EQ(notices.size(), 2U);
    EXPECT_EQ(notices[0].count, 2U);
    EXPECT_EQ(notices[0].fields.back().second, "8");
    EXPECT_EQ(notices[0].last - notices[0].first, 5min);
}

TEST_F(NoticeLoggerTest, ForgetsTheOldestBeyondItsBound) {
    for (std::size_t i = 0; i <= NoticeLogger::most; ++i)
        logger.warn("a warning about host " + std::to_string(i) + ".example");

    const auto notices = logger.notices();
    EXPECT_EQ(notices.size(), NoticeLogger::most);
    EXPECT_EQ(notices.front().sentence, "a warning about host 1.example");
}

TEST_F(NoticeLoggerTest, ForgetsAllWhenTold) {
    logger.warn("a warning");
    logger.forget();

    EXPECT_TRUE(logger.notices().empty());
}

}  // namespace
}  // namespace pinrelay::app
