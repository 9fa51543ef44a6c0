#include "deliver/report/account_report.hpp"

#include <gtest/gtest.h>

#include "deliver/report/warning_kinds.hpp"
#include "fixtures/counting_metrics.hpp"
#include "fixtures/test_logger.hpp"
#include "unit/deliver/now.hpp"

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
    AccountMemory memory;
    AccountReport report{"pinterest:1", metrics, logger, memory.parts()};
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
    report.failed("503", 1s, now);
    report.failed("503", 2s, now);
    report.answered();
    report.answered();

    EXPECT_EQ(logger.count(LogLevel::Warn), 1u);
    EXPECT_EQ(logger.count(LogLevel::Info), 1u);
}

TEST_F(ReportTest, SaysOnceWithTheHintThatTheAccountIsPausedAndOnceThatThePauseEnds) {
    report.refused("look at the access token", 60s, now);
    report.refused("look at the access token", 60s, now);
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

TEST_F(ReportTest, SaysWithEachRoundHowItStandsWhileNothingIsTaken) {
    report.round(0, 0s, now);
    report.round(5, 3s, now);
    report.failed("HTTP 503", 8s, now);
    report.failed("HTTP 503", 20s, now + 10s);

    report.round(41, 90s, now + 15s);
    report.answered();
    report.round(3, 1s, now + 75s);

    EXPECT_EQ(logger.count(LogLevel::Warn, "still takes nothing"), 1u);
    EXPECT_EQ(logger.count(LogLevel::Warn,
                           "destination=pinterest:1 pending=41 oldest_s=90 since_s=15 attempts=2 next_try_s=15 "
                           "reason=HTTP 503"),
              1u);
}

TEST_F(ReportTest, FailuresThatAreSoonOverAreOneSentenceAMinute) {
    for (int second = 0; second < 120; ++second) {
        report.failed("HTTP 500", 1s, now + std::chrono::seconds(second));
        report.answered();
    }

    EXPECT_EQ(logger.count(LogLevel::Warn, "delivery failed"), 2u);
    EXPECT_EQ(logger.count(LogLevel::Warn, "failures=60"), 1u);
    EXPECT_EQ(logger.count(LogLevel::Info, "delivery works again"), 2u);
}

TEST_F(ReportTest, AFailureOfAMomentAgoIsNoOutage) {
    report.failed("HTTP 500", 1s, now);
    report.round(5, 2s, now + 1s);

    EXPECT_EQ(logger.count(LogLevel::Warn, "still takes nothing"), 0u);
}

TEST_F(ReportTest, AnOutageThatWasToldByTheRoundAloneIsSaidToBeOver) {
    report.failed("HTTP 500", 1s, now);
    report.answered();
    report.failed("HTTP 500", 1s, now + 5s);

    report.round(5, 20s, now + 25s);
    report.answered();

    EXPECT_EQ(logger.count(LogLevel::Warn, "still takes nothing"), 1u);
    EXPECT_EQ(logger.count(LogLevel::Info, "delivery works again"), 2u);
}

TEST_F(ReportTest, AStoreThatFailsNowAndThenIsOneSentenceAMinute) {
    for (int second = 0; second < 120; ++second) {
        report.store_failed("settle", {}, now + std::chrono::seconds(second));
        report.store_works();
    }

    EXPECT_EQ(logger.count(LogLevel::Error, "the store failed"), 2u);
    EXPECT_EQ(logger.count(LogLevel::Info, "the store works again"), 2u);
}

TEST_F(ReportTest, AReloadTriesAtOnce) {
    report.refused("look at the access token", 60s, now);

    AccountReport next{"pinterest:1", metrics, logger, memory.parts()};
    next.started(3, now + 5s);

    EXPECT_EQ(memory.status().next_try, now + 5s);
}

TEST_F(ReportTest, SaysOfAPausedAccountWhyItWaits) {
    report.refused("look at the access token", 60s, now);

    report.round(2, 5s, now + 30s);

    EXPECT_EQ(logger.count(LogLevel::Warn, "delivery is still paused"), 1u);
    EXPECT_EQ(logger.count(LogLevel::Warn, "next_try_s=30 reason=look at the access token"), 1u);
}

TEST_F(ReportTest, KeepsTheStatusForWhoAsks) {
    report.started(0, now);
    report.sent("401", 1ms, now);
    report.refused("look at the access token", 60s, now);

    const auto paused = memory.status();
    report.sent("200", 1ms, now + 60s);
    report.answered();
    const auto after = memory.status();

    EXPECT_EQ(paused.state, AccountStatus::State::Paused);
    EXPECT_EQ(paused.reason, "look at the access token");
    EXPECT_EQ(paused.since, now);
    EXPECT_EQ(paused.next_try, now + 60s);
    EXPECT_EQ(paused.last_answer, "401");
    EXPECT_EQ(after.state, AccountStatus::State::Working);
    EXPECT_EQ(after.reason, "");
    EXPECT_EQ(after.last_answer, "200");
    EXPECT_EQ(after.answered, now + 60s);
}

TEST_F(ReportTest, AFailureWithinAPauseIsNoNewTrouble) {
    report.refused("look at the access token", 60s, now);

    report.failed("connection refused", 1s, now + 60s);

    EXPECT_EQ(memory.status().state, AccountStatus::State::Paused);
    EXPECT_EQ(memory.status().reason, "look at the access token");
    EXPECT_EQ(logger.count(LogLevel::Warn), 0u);
}

TEST_F(ReportTest, ThePauseThatAReloadEndsIsSaidToBeOver) {
    report.refused("look at the access token", 60s, now);

    AccountReport next{"pinterest:1", metrics, logger, memory.parts()};
    next.started(3, now + 5s);
    next.answered();

    EXPECT_EQ(logger.count(LogLevel::Info, "the pause is over; delivery works again"), 1u);
    EXPECT_EQ(logger.count(LogLevel::Info, "at the start"), 0u) << "a reload is no restart";
}

TEST_F(ReportTest, SaysHowManyEventsWaitAtTheStartAndWhenTheyAreOut) {
    std::vector<model::StoredRecord> batch(4);
    for (std::size_t i = 0; i < batch.size(); ++i) {
        batch[i].id = static_cast<model::RecordId>(i + 1);
        batch[i].accepted = i < 3 ? now - 1min : now + 1s;
    }
    report.started(3, now);

    report.settled(
        batch,
        {settlement(1, spool::Settlement::Fate::Delivered), settlement(2, spool::Settlement::Fate::Retry),
         settlement(3, spool::Settlement::Fate::DeadLetter), settlement(4, spool::Settlement::Fate::Delivered)},
        now + 2s);
    const auto early = logger.count(LogLevel::Info, "are out");
    report.settled(batch, {settlement(2, spool::Settlement::Fate::Delivered)}, now + 5s);

    EXPECT_EQ(
        logger.count(LogLevel::Info, "events of a former run wait; they are sent now destination=pinterest:1 events=3"),
        1u);
    EXPECT_EQ(early, 0u);
    EXPECT_EQ(
        logger.count(LogLevel::Info, "are out destination=pinterest:1 events=3 delivered=2 dead_letters=1 after_s=5"),
        1u);
}

TEST_F(ReportTest, NamesAnEventThatWaitsAloneAtMostOnceAMinute) {
    std::vector<model::StoredRecord> batch(2);
    batch[1].record.event_id = "order-7";
    report.set_aside(batch, {0, 2}, false, "HTTP 500", 1s, now);
    report.set_aside(batch, {1, 1}, true, "HTTP 500", 60s, now + 1s);
    report.set_aside(batch, {0, 1}, true, "HTTP 500", 60s, now + 2s);

    EXPECT_EQ(logger.count(LogLevel::Warn), 1u);
    EXPECT_EQ(logger.count(LogLevel::Warn, "event_id=order-7 reason=HTTP 500 wait_ms=60000"), 1u);
}

}  // namespace
}  // namespace pinrelay::deliver
