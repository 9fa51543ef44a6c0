#include "app/history/history.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace pinrelay::app {
namespace {

using namespace std::chrono_literals;
using admin::HistorySpan;

constexpr const char* watched_account = "pinterest:1";
constexpr Time first_minute{std::chrono::hours(24 * 20000 + 12)};

Moment counts_of(spool::Counts checkouts, metrics::Tally::ByLabel dropped = {}) {
    Moment moment;
    moment.ledger.by_label[{watched_account, "checkout"}] = checkouts;
    moment.tally.dropped = std::move(dropped);
    return moment;
}

const admin::HistorySeries& series(const admin::HistoryView& view, std::string_view event) {
    const auto found = std::ranges::find(view.series, event, &admin::HistorySeries::event);
    EXPECT_NE(found, view.series.end()) << event;
    return *found;
}

class HistoryTest : public testing::Test {
protected:
    HistoryTest() { history.start(counts_of({}), first_minute); }

    History history;
};

TEST_F(HistoryTest, ShowsTheRunningMinuteBeforeItHasEnded) {
    const auto view = history.view(HistorySpan::Hour, counts_of({.stored = 7, .delivered = 5}), first_minute + 20s);

    EXPECT_EQ(view.step, 60s);
    EXPECT_EQ(view.since, first_minute);
    const auto& checkout = series(view, "checkout");
    EXPECT_EQ(checkout.accepted.size(), 60U);
    EXPECT_EQ(checkout.accepted.back(), 7U);
    EXPECT_EQ(checkout.delivered.back(), 5U);
    EXPECT_EQ(checkout.pending.back(), 2U);
}

TEST_F(HistoryTest, KeepsEachMinuteInItsPlace) {
    history.end_minute(counts_of({.stored = 3, .delivered = 3}));
    history.end_minute(counts_of({.stored = 8, .delivered = 8}));

    const auto view = history.view(HistorySpan::Hour, counts_of({.stored = 8, .delivered = 8}), first_minute + 2min);

    const auto& accepted = series(view, "checkout").accepted;
    EXPECT_EQ(accepted[57], 3U);
    EXPECT_EQ(accepted[58], 5U);
    EXPECT_EQ(accepted[59], 0U);
}

TEST_F(HistoryTest, ForgetsAMinuteAfterAnHourAndAQuarterAfterADay) {
    history.end_minute(counts_of({.stored = 3, .delivered = 3}));
    const Moment quiet = counts_of({.stored = 3, .delivered = 3});
    for (int minute = 1; minute < 60; ++minute) history.end_minute(quiet);

    EXPECT_TRUE(history.view(HistorySpan::Hour, quiet, first_minute + 60min).series.empty());
    const auto day = history.view(HistorySpan::Day, quiet, first_minute + 60min);
    EXPECT_EQ(series(day, "checkout").accepted[91], 3U);

    for (int minute = 60; minute < 24 * 60; ++minute) history.end_minute(quiet);
    EXPECT_TRUE(history.view(HistorySpan::Day, quiet, first_minute + 24h).series.empty());
}

TEST_F(HistoryTest, AddsTheMinutesOfAQuarterUp) {
    history.end_minute(counts_of({.stored = 3}));
    history.end_minute(counts_of({.stored = 8}));

    const auto view = history.view(HistorySpan::Day, counts_of({.stored = 9}), first_minute + 2min + 30s);

    EXPECT_EQ(view.step, 15min);
    EXPECT_EQ(series(view, "checkout").accepted.size(), 96U);
    EXPECT_EQ(series(view, "checkout").accepted.back(), 9U);
    EXPECT_EQ(series(view, "checkout").pending.back(), 9U);
}

TEST_F(HistoryTest, CountsDropsByAccountAndDuplicatesByEvent) {
    const Moment now =
        counts_of({.stored = 2, .folded = 4},
                  {{{watched_account, "bot"}, 3}, {{watched_account, "late"}, 1}, {{"none", "gtag_command"}, 9}});

    const auto view = history.view(HistorySpan::Hour, now, first_minute + 1s);

    EXPECT_EQ(series(view, "checkout").accepted.back(), 6U);
    EXPECT_EQ(series(view, "checkout").dropped.back(), 4U);
    EXPECT_EQ(series(view, "").accepted.back(), 4U);
    EXPECT_EQ(series(view, "").dropped.back(), 4U);
    EXPECT_EQ(view.series.size(), 2U) << "a command of gtag is no event";
}

TEST_F(HistoryTest, DoesNotCountAnUnfoldedDuplicateTwice) {
    history.end_minute(counts_of({.stored = 1, .folded = 1}));

    const auto view =
        history.view(HistorySpan::Hour, counts_of({.stored = 2, .folded = 1, .unfolded = 1}), first_minute + 70s);

    EXPECT_EQ(series(view, "checkout").accepted[59], 0U);
    EXPECT_EQ(series(view, "checkout").accepted[58], 2U);
}

TEST_F(HistoryTest, GoesOnAfterAStoreWasReplacedByAnEmptyOne) {
    history.end_minute(counts_of({.stored = 100, .delivered = 100}));

    const auto view = history.view(HistorySpan::Hour, counts_of({.stored = 2}), first_minute + 70s);

    EXPECT_EQ(series(view, "checkout").accepted.back(), 0U);
    EXPECT_EQ(series(view, "checkout").pending.back(), 2U);
}

TEST_F(HistoryTest, KeepsABoundedNumberOfSeries) {
    Moment many;
    for (std::size_t i = 0; i < History::most_series + 50; ++i)
        many.ledger.by_label[{"pinterest:" + std::to_string(i), "checkout"}] = {.stored = 1};
    history.end_minute(many);
    history.end_minute(many);

    EXPECT_EQ(history.view(HistorySpan::Hour, many, first_minute + 2min).series.size(), History::most_series);
}

}  // namespace
}  // namespace pinrelay::app
