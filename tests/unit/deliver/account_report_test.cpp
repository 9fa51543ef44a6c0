#include "deliver/account_report.hpp"

#include <gtest/gtest.h>

#include "deliver/warning_kinds.hpp"
#include "fixtures/counting_metrics.hpp"
#include "fixtures/test_logger.hpp"
#include "now.hpp"

namespace pinrelay::deliver {
namespace {
using namespace std::chrono_literals;

spool::Settlement settlement(model::RecordId id, spool::Settlement::Fate fate) {
    spool::Settlement result;
    result.id = id;
    result.fate = fate;
    return result;
}

struct ReportTest : testing::Test {
    test::CountingMetrics metrics;
    test::TestLogger logger;
    AccountReport report{"pinterest:1", metrics, logger};
};

TEST(ResultLabel, IsTheStatusOrHowFarTheRequestCame) {
    http::Response response;
    response.status = 429;

    EXPECT_EQ(result_label(response), "429");
    EXPECT_EQ(result_label(net::Failure{net::ClientErrc::NotSent, ""}), "not_sent");
    EXPECT_EQ(result_label(net::Failure{net::ClientErrc::CertificateRefused, ""}), "certificate_refused");
    EXPECT_EQ(result_label(net::Failure{net::ClientErrc::Ambiguous, ""}), "ambiguous");
}

TEST(ResultLabel, StaysWithinAFixedSet) {
    http::Response response;
    response.status = 999'999;

    EXPECT_EQ(result_label(response), "other");
}

TEST(Latencies, RunFromAcceptanceToTheAnswerOfDeliveredRecordsOnly) {
    std::vector<model::StoredRecord> batch(4);
    for (std::size_t i = 0; i < batch.size(); ++i) {
        batch[i].id = static_cast<model::RecordId>(i + 1);
        batch[i].accepted = now - 2s;
    }
    batch[2].accepted = now - 5s;

    const auto result = latencies(
        batch,
        {settlement(1, spool::Settlement::Fate::Delivered), settlement(2, spool::Settlement::Fate::Delivered),
         settlement(3, spool::Settlement::Fate::Delivered), settlement(4, spool::Settlement::Fate::DeadLetter)},
        now);

    ASSERT_EQ(result.size(), 2u);
    EXPECT_EQ(result[0], std::make_pair(std::chrono::milliseconds(2000), std::size_t{2}));
    EXPECT_EQ(result[1], std::make_pair(std::chrono::milliseconds(5000), std::size_t{1}));
}

TEST(WarningKinds, KnowsThePhrasesAndCountsEachOfSeveral) {
    EXPECT_TRUE(warning_kinds("").empty());
    EXPECT_EQ(warning_kinds("'external_id is missing' is highly recommended; click_id is missing"),
              (std::vector<std::string_view>{"external_id_missing", "click_id_missing"}));
    EXPECT_EQ(warning_kinds("something new"), std::vector<std::string_view>{"other"});
}

TEST_F(ReportTest, SaysOnceThatDeliveryFailsAndOnceThatItWorksAgain) {
    report.failed("503", 1s);
    report.failed("503", 2s);
    report.answered();
    report.answered();

    EXPECT_EQ(logger.count(LogLevel::Warn), 1u);
    EXPECT_EQ(logger.count(LogLevel::Info), 1u);
}

TEST_F(ReportTest, SaysOnceWithTheHintThatTheAccountIsPausedAndOnceThatThePauseEnds) {
    report.refused("look at the access token");
    report.refused("look at the access token");
    report.answered();
    report.answered();

    EXPECT_EQ(logger.count(LogLevel::Error, "look at the access token"), 1u);
    EXPECT_EQ(logger.count(LogLevel::Info), 1u);
    EXPECT_EQ(metrics["paused:pinterest:1:yes"], 1u);
    EXPECT_EQ(metrics["paused:pinterest:1:no"], 1u);
}

TEST_F(ReportTest, TellsOfDeadLettersAtMostOnceAMinute) {
    for (int second = 0; second < 90; ++second)
        report.settled({}, {settlement(second, spool::Settlement::Fate::DeadLetter)},
                       now + std::chrono::seconds(second));

    EXPECT_EQ(logger.count(LogLevel::Error), 2u);
    EXPECT_EQ(logger.count(LogLevel::Error, "events=60"), 1u);
}

TEST_F(ReportTest, CountsRecordsThatGoBack) {
    report.settled({}, {settlement(1, spool::Settlement::Fate::Retry), settlement(2, spool::Settlement::Fate::Retry)},
                   now);

    EXPECT_EQ(metrics["retried:pinterest:1:records"], 2u);
}

}  // namespace
}  // namespace pinrelay::deliver
