#include "app/log/minute_summary.hpp"

#include <gtest/gtest.h>

#include "fixtures/test_logger.hpp"

namespace pinrelay::app {
namespace {

constexpr const char* account = "pinterest:1";

Moment moment(spool::Counts counts, metrics::Tally::ByLabel dropped = {}, metrics::Tally::ByLabel warned = {}) {
    Moment moment;
    moment.ledger.by_label[{account, "checkout"}] = counts;
    moment.tally.dropped = std::move(dropped);
    moment.tally.warned = std::move(warned);
    return moment;
}

std::vector<test::TestLogger::Line> lines(const Moment& before, const Moment& now) {
    test::TestLogger logger;
    log_minute(before, now, logger);
    return logger.lines();
}

TEST(MinuteSummary, SaysNothingWithoutTraffic) {
    const Moment quiet = moment({.stored = 7, .delivered = 5}, {{{account, "bot"}, 3}});

    EXPECT_TRUE(lines(quiet, quiet).empty());
}

TEST(MinuteSummary, SaysWhatAHealthyMinuteBrought) {
    const auto said = lines(moment({.stored = 100, .delivered = 90}), moment({.stored = 440, .delivered = 420}));

    ASSERT_EQ(said.size(), 1U);
    EXPECT_EQ(said[0].level, LogLevel::Info);
    EXPECT_EQ(said[0].text,
              "340 events accepted in the last minute, none dropped destination=pinterest:1 accepted=340 delivered=330 "
              "dropped=0 dead_lettered=0 pending=20 warnings=");
}

TEST(MinuteSummary, ComparesEventsWithoutAnAccountWithThoseOfAllAccounts) {
    const auto said = lines(moment({}), moment({.stored = 7, .delivered = 7}, {{{"none", "not_an_event"}, 3}}));

    ASSERT_EQ(said.size(), 2U);
    EXPECT_EQ(said[0].level, LogLevel::Info) << "most events reached an account";
    EXPECT_TRUE(said[0].text.starts_with(
        "3 of 10 events of all accounts reached no account in the last minute: not_an_event 3 destination=none"))
        << said[0].text;
}

TEST(MinuteSummary, WarnsWhereMostEventsReachNoAccount) {
    const auto said = lines(moment({}), moment({.stored = 2}, {{{"none", "no_account"}, 3}}));

    ASSERT_EQ(said.size(), 2U);
    EXPECT_EQ(said[0].level, LogLevel::Warn);
}

TEST(MinuteSummary, CountsNoMemberThatWasNeverMeantAsAnEvent) {
    EXPECT_TRUE(lines(moment({}), moment({}, {{{"none", "gtag_command"}, 400}})).empty());
}

TEST(MinuteSummary, NamesTheReasonsOfDropsTheMostFrequentFirst) {
    const Moment before = moment({.stored = 10, .folded = 2}, {{{account, "bot"}, 5}});
    const Moment now = moment({.stored = 338, .folded = 5}, {{{account, "bot"}, 5}, {{account, "no_match_keys"}, 9}},
                              {{{account, "items_unreadable"}, 4}});

    const auto said = lines(before, now);

    ASSERT_EQ(said.size(), 1U);
    EXPECT_EQ(said[0].level, LogLevel::Info);
    EXPECT_EQ(said[0].text,
              "12 of 340 events dropped in the last minute: no_match_keys 9, duplicate 3 destination=pinterest:1 "
              "accepted=340 delivered=0 dropped=12 dead_lettered=0 pending=338 warnings=items_unreadable 4");
}

TEST(MinuteSummary, WarnsWhereMostAreDropped) {
    const auto said = lines(moment({}), moment({.stored = 1}, {{{account, "no_match_keys"}, 2}}));

    ASSERT_EQ(said.size(), 1U);
    EXPECT_EQ(said[0].level, LogLevel::Warn);
}

TEST(MinuteSummary, SaysHowManyRequestsWereRefused) {
    Moment before;
    before.tally.rejected = {{"not_json", 1}};
    Moment now;
    now.tally.rejected = {{"not_json", 4}, {"empty_body", 1}};

    const auto said = lines(before, now);

    ASSERT_EQ(said.size(), 1U);
    EXPECT_EQ(said[0].level, LogLevel::Warn);
    EXPECT_EQ(said[0].text, "4 requests refused as a whole in the last minute: not_json 3, empty_body 1");
}

TEST(MinuteSummary, BeginsAnewWithANewStore) {
    EXPECT_TRUE(minute_between(moment({.stored = 100, .delivered = 100}), moment({})).empty());
}

}  // namespace
}  // namespace pinrelay::app
