#include "app/attention/attention.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace pinrelay::app {
namespace {

using namespace std::chrono_literals;
using admin::AttentionItem;
using Urgency = AttentionItem::Urgency;

constexpr Time looked_at{std::chrono::hours(24 * 20000 + 12)};
constexpr const char* needy_account = "pinterest:1";

AttentionFacts calm() {
    AttentionFacts facts;
    facts.now = looked_at;
    facts.spool_max_bytes = 1'000'000;
    facts.accounts.emplace_back();
    facts.accounts.front().name = needy_account;
    facts.accounts.front().delivery = "working";
    return facts;
}

std::vector<std::string> kinds(const AttentionFacts& facts) {
    std::vector<std::string> kinds;
    for (const auto& item : attention(facts)) kinds.push_back(item.kind);
    return kinds;
}

using Kinds = std::vector<std::string>;

TEST(Attention, IsNotNeededWhereAllIsWell) {
    auto facts = calm();
    facts.ledger.oldest_pending[needy_account] = looked_at - 59min;
    facts.certificate_expires = looked_at + std::chrono::days(15);

    EXPECT_EQ(kinds(facts), Kinds());
}

TEST(Attention, NamesAPausedAccountWithItsReasonAndWhatToDo) {
    auto facts = calm();
    facts.accounts.front().delivery = "paused";
    facts.accounts.front().reason = "the access token is invalid";
    facts.accounts.front().since = looked_at - 1h;

    const auto items = attention(facts);

    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(items[0].urgency, Urgency::Act);
    EXPECT_EQ(items[0].title, "Account 1 is paused: Pinterest refuses its events");
    EXPECT_EQ(items[0].detail, "the access token is invalid");
    EXPECT_NE(items[0].advice.find("token"), std::string::npos);
    EXPECT_EQ(items[0].since, looked_at - 1h);
}

TEST(Attention, LeavesABriefFailureAlone) {
    auto facts = calm();
    facts.accounts.front().delivery = "failing";
    facts.accounts.front().since = looked_at - 4min;
    EXPECT_EQ(kinds(facts), Kinds());

    facts.accounts.front().since = looked_at - 6min;
    EXPECT_EQ(kinds(facts), Kinds{"account_failing"});
}

TEST(Attention, NamesEventsOlderThanTheHourAtWhichPinterestCountsThemAsOffline) {
    auto facts = calm();
    facts.ledger.oldest_pending[needy_account] = looked_at - 61min;

    EXPECT_EQ(kinds(facts), Kinds{"events_late"});
}

TEST(Attention, NamesTheStateOfTheStore) {
    auto facts = calm();
    facts.ledger.bytes = 810'000;
    EXPECT_EQ(kinds(facts), Kinds{"store_nearly_full"});

    facts.ledger.full = true;
    EXPECT_EQ(kinds(facts), Kinds{"store_full"});

    facts.ledger.writable = false;
    EXPECT_EQ(kinds(facts), (Kinds{"store_not_writable", "store_full"}));
}

TEST(Attention, NamesACertificateThatEnds) {
    auto facts = calm();
    facts.certificate_expires = looked_at + std::chrono::days(13);
    EXPECT_EQ(attention(facts).at(0).urgency, Urgency::Look);

    facts.certificate_expires = looked_at - 1s;
    EXPECT_EQ(attention(facts).at(0).urgency, Urgency::Act);
}

TEST(Attention, NamesAnAccountThatDropsMostOfItsEvents) {
    auto facts = calm();
    facts.hour.series.push_back({needy_account, "", {10, 11}, {0, 0}, {10, 11}, {0, 0}});
    facts.hour.series.push_back({needy_account, "checkout", {10, 10}, {10, 10}, {0, 0}, {0, 0}});
    facts.hour.series.push_back({"none", "", {30}, {0}, {30}, {0}});

    EXPECT_EQ(kinds(facts), (Kinds{"no_account", "mostly_dropped"}));

    facts.hour.series[1].accepted = {20, 20};
    EXPECT_EQ(kinds(facts), Kinds{"no_account"});
}

TEST(Attention, CountsTheDeadLettersOfAllAccounts) {
    auto facts = calm();
    facts.ledger.dead_letters = {{"pinterest:1", {2, 100}}, {"pinterest:2", {1, 50}}};

    const auto items = attention(facts);

    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(items[0].count, 3U);
    EXPECT_EQ(items[0].title, "3 events could not be delivered");
}

TEST(Attention, RepeatsWhatTheLogWarnedOfTheMostUrgentAndTheLatestFirst) {
    auto facts = calm();
    facts.notices.push_back({LogLevel::Warn,
                             "a peer forwards visitors",
                             {{"peer", "10.0.0.1"}, {"advice", "list it"}},
                             looked_at - 9min,
                             looked_at - 1min,
                             3});
    facts.notices.push_back(
        {LogLevel::Warn, "an event is dropped; more are counted", {{"reason", "bot"}}, looked_at, looked_at, 1});
    facts.notices.push_back({LogLevel::Error, "a handler failed", {}, looked_at, looked_at, 1});
    facts.notices.push_back({LogLevel::Warn, "delivery is paused", {}, looked_at, looked_at, 1});

    const auto items = attention(facts);

    ASSERT_EQ(items.size(), 3U) << "the state of the needy_account tells of the pause, while it lasts";
    EXPECT_EQ(items[0].title, "A handler failed");
    EXPECT_EQ(items[1].title, "Events are dropped: bot");
    EXPECT_EQ(items[2].title, "A peer forwards visitors");
    EXPECT_EQ(items[2].advice, "list it");
    EXPECT_EQ(items[2].facts, (std::vector<std::pair<std::string, std::string>>{{"peer", "10.0.0.1"}}));
    EXPECT_EQ(items[2].count, 3U);
}

}  // namespace
}  // namespace pinrelay::app
