#include "app/status/recent_counts.hpp"

#include <gtest/gtest.h>

#include "app/status/status_board.hpp"

namespace pinrelay::app {
namespace {

using namespace std::chrono_literals;

const std::string shop_account = "pinterest:1";

Moment moment_with(std::uint64_t stored, std::uint64_t bots = 0, std::uint64_t refused = 0) {
    Moment moment;
    auto& counts = moment.ledger.by_label[{shop_account, "checkout"}];
    counts.stored = stored;
    counts.delivered = stored / 2;
    counts.folded = 1;
    moment.ledger.oldest_pending[shop_account] = Time(1'713'571'200s);
    if (bots > 0) moment.tally.dropped[{shop_account, "bot"}] = bots;
    if (refused > 0) moment.tally.rejected["not_json"] = refused;
    return moment;
}

class Recent : public testing::Test {
protected:
    // One look each five seconds.
    void look_for(std::chrono::seconds time, const Moment& counts) {
        for (const auto end = now + time; now < end; now += 5s) recent.add(counts, now);
    }

    RecentCounts::SteadyTime now{};
    RecentCounts recent;
};

TEST_F(Recent, KnowsNothingAtTheStart) {
    EXPECT_TRUE(recent.last_minute(moment_with(10)).empty());
    EXPECT_TRUE(recent.last_hour(moment_with(10, 3)).drops.empty());
}

TEST_F(Recent, CountsALastMinute) {
    look_for(300s, moment_with(100));
    look_for(30s, moment_with(110));

    const auto minute = recent.last_minute(moment_with(114));

    ASSERT_EQ(minute.size(), 1u);
    EXPECT_EQ(minute[0].accepted, 14u);
    EXPECT_EQ(minute[0].delivered, 7u);
    look_for(120s, moment_with(114));
    EXPECT_TRUE(recent.last_minute(moment_with(114)).empty());
}

TEST_F(Recent, CountsTheDropsOfALastHour) {
    look_for(60s, moment_with(0, 1));
    look_for(600s, moment_with(0, 5, 2));

    const auto hour = recent.last_hour(moment_with(0, 6, 2));

    EXPECT_EQ(hour.drops, (RecentCounts::Drops{{{shop_account, "bot"}, 5}}));
    EXPECT_EQ(hour.refusals, (RecentCounts::Refusals{{"not_json", 2}}));
}

TEST_F(Recent, ForgetsWhatIsOlderThanAnHour) {
    look_for(60s, moment_with(0, 1));
    look_for(3 * 3600s, moment_with(0, 5));

    EXPECT_TRUE(recent.last_hour(moment_with(0, 5)).drops.empty());
}

TEST_F(Recent, MakesTheReportOfAnAccount) {
    look_for(60s, moment_with(100, 1));
    admin::AccountState state;
    state.name = shop_account;

    const auto report = status_report({state}, moment_with(104, 3, 1), recent);

    ASSERT_EQ(report.accounts.size(), 1u);
    EXPECT_EQ(report.accounts[0].state.name, shop_account);
    EXPECT_EQ(report.accounts[0].total, (admin::EventCounts{108, 52, 4}));
    EXPECT_EQ(report.accounts[0].per_minute, (admin::EventCounts{6, 2, 2}));
    EXPECT_EQ(report.accounts[0].duplicates, 1u);
    EXPECT_EQ(report.accounts[0].oldest_event, Time(1'713'571'200s));
    ASSERT_EQ(report.reasons.size(), 1u);
    EXPECT_EQ(report.reasons[0].reason, "bot");
    EXPECT_EQ(report.reasons[0].count, 2u);
    ASSERT_EQ(report.refusals.size(), 1u);
    EXPECT_EQ(report.refusals[0].code, "not_json");
    EXPECT_FALSE(report.refusals[0].advice.empty());
}

}  // namespace
}  // namespace pinrelay::app
