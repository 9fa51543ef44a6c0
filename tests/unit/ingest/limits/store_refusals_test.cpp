#include "ingest/limits/store_refusals.hpp"

#include <gtest/gtest.h>

#include "fixtures/counting_metrics.hpp"
#include "fixtures/test_logger.hpp"
#include "pinrelay/spool/spool.hpp"

namespace pinrelay::ingest {
namespace {

constexpr Time at_noon{std::chrono::hours(24 * 20000 + 12)};

class StoreRefusalsTest : public testing::Test {
protected:
    test::CountingMetrics metrics;
    test::TestLogger logger;
    StoreRefusals refusals{metrics, logger};
};

TEST_F(StoreRefusalsTest, AnOutageIsSaidOnceAndSoIsItsEnd) {
    const auto response = refusals.refuse(spool::SpoolErrc::WriteFailed, at_noon);
    refusals.refuse(spool::SpoolErrc::WriteFailed, at_noon);
    refusals.took_events();
    refusals.took_events();

    EXPECT_EQ(response.status, 503);
    EXPECT_NE(response.header("Retry-After"), nullptr);
    EXPECT_EQ(metrics["rejected:store_unavailable"], 2U);
    EXPECT_EQ(logger.count(LogLevel::Warn), 1U);
    EXPECT_NE(logger.lines().front().text.find("advice=make room on the disk"), std::string::npos);
    EXPECT_EQ(logger.count(LogLevel::Info), 1U);
}

TEST_F(StoreRefusalsTest, AStoreThatIsJustFullIsSaidOnceAMinute) {
    for (const auto after : {0, 1, 2, 59}) {
        refusals.refuse(spool::SpoolErrc::Full, at_noon + std::chrono::seconds(after));
        refusals.took_events();
    }
    EXPECT_EQ(logger.count(LogLevel::Warn), 1U);
    EXPECT_EQ(logger.count(LogLevel::Info), 1U);

    refusals.refuse(spool::SpoolErrc::Full, at_noon + std::chrono::seconds(59));
    refusals.refuse(spool::SpoolErrc::Full, at_noon + std::chrono::seconds(60));
    EXPECT_EQ(logger.count(LogLevel::Warn), 2U) << "an outage that lasts is said";
    EXPECT_EQ(metrics["rejected:store_unavailable"], 6U);
}

TEST_F(StoreRefusalsTest, AFullShareIsSaidOnceAMinuteWhateverOthersSend) {
    for (const auto after : {0, 1, 59, 60}) {
        refusals.refuse(spool::SpoolErrc::ShareFull, at_noon + std::chrono::seconds(after));
        refusals.took_events();
    }

    EXPECT_EQ(metrics["rejected:account_share"], 4U);
    EXPECT_EQ(logger.count(LogLevel::Warn), 2U);
    EXPECT_EQ(logger.count(LogLevel::Info), 0U);
}

TEST_F(StoreRefusalsTest, RoomForKnownSendersIsSaidOnceAMinute) {
    for (const auto after : {0, 59, 60})
        EXPECT_EQ(refusals.refuse(spool::SpoolErrc::KnownOnly, at_noon + std::chrono::seconds(after)).status, 503);

    EXPECT_EQ(metrics["rejected:known_senders_only"], 3U);
    EXPECT_EQ(logger.count(LogLevel::Warn), 2U);
}

}  // namespace
}  // namespace pinrelay::ingest
