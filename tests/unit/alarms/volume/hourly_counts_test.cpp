#include "alarms/volume/hourly_counts.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace pinrelay::alarms {
namespace {
using namespace std::chrono_literals;

constexpr Time midnight{std::chrono::sys_days(std::chrono::year(2026) / 12 / 1)};
const HourlyCounts::Key visits{"pinterest:1", "page_visit"};

Hour hour(int offset) { return hour_of(midnight) + offset; }

// Looks at each minute of the hour.
void pass_hour(HourlyCounts& counts, int offset, int minutes = 60) {
    for (int minute = 0; minute < minutes; ++minute)
        counts.minute_passed(midnight + std::chrono::hours(offset) + std::chrono::minutes(minute));
}

TEST(HourlyCounts, AddsUpTheEventsOfAnHour) {
    HourlyCounts counts;
    pass_hour(counts, 0);
    counts.add(visits, 3, midnight);
    counts.add(visits, 4, midnight + 59min);
    counts.add(visits, 9, midnight + 60min);

    EXPECT_EQ(counts.count(visits, hour(0)), 7U);
}

TEST(HourlyCounts, KnowsNothingOfAnHourThatWasNotLookedAt) {
    HourlyCounts counts;
    counts.add(visits, 3, midnight);
    pass_hour(counts, 0, HourlyCounts::whole_hour - 1);
    EXPECT_EQ(counts.count(visits, hour(0)), std::nullopt);

    pass_hour(counts, 0, 1);
    EXPECT_EQ(counts.count(visits, hour(0)), 3U);
    EXPECT_EQ(counts.count({"pinterest:1", "lead"}, hour(0)), 0U) << "none came, which is known";
}

TEST(HourlyCounts, ForgetsAfterSixteenDays) {
    HourlyCounts counts;
    pass_hour(counts, 0);
    counts.add(visits, 3, midnight);

    counts.minute_passed(midnight + 383h);
    EXPECT_EQ(counts.count(visits, hour(0)), 3U);
    counts.minute_passed(midnight + 384h);
    EXPECT_EQ(counts.count(visits, hour(0)), std::nullopt);
    EXPECT_EQ(counts.count(visits, hour(384)), std::nullopt) << "the place is a new hour's";
    EXPECT_TRUE(counts.keys().empty()) << "nothing is left of the series";
}

TEST(HourlyCounts, ForgetsTheHoursThatPassedUnseen) {
    HourlyCounts counts;
    pass_hour(counts, 0);
    counts.add(visits, 3, midnight);
    counts.add(visits, 1, midnight + 1000h);

    EXPECT_EQ(counts.count(visits, hour(0)), std::nullopt);
    EXPECT_EQ(counts.count(visits, hour(999)), std::nullopt);
}

TEST(HourlyCounts, PutsUpWithAClockThatIsSetBack) {
    HourlyCounts counts;
    pass_hour(counts, 5);
    counts.add(visits, 1, midnight + 5h);
    pass_hour(counts, 2);
    counts.add(visits, 2, midnight + 2h);
    counts.add(visits, 7, midnight - 1000h);

    EXPECT_EQ(counts.count(visits, hour(5)), 1U);
    EXPECT_EQ(counts.count(visits, hour(2)), 2U);
}

TEST(HourlyCounts, TakesNoMoreSeriesThanItsLimit) {
    HourlyCounts counts;
    for (std::size_t i = 0; i < HourlyCounts::most_series + 5; ++i) counts.add({"a", std::to_string(i)}, 1, midnight);

    EXPECT_EQ(counts.keys().size(), HourlyCounts::most_series);
}

TEST(HourlyCounts, StopsAtTheLargestNumber) {
    HourlyCounts counts;
    pass_hour(counts, 0);
    counts.add(visits, 5, midnight);
    counts.add(visits, std::uint64_t{1} << 40U, midnight);

    EXPECT_EQ(counts.count(visits, hour(0)), 4'294'967'295U);
}

TEST(HourlyCounts, SurvivesARestart) {
    HourlyCounts before;
    pass_hour(before, 0, 30);
    before.add(visits, 3, midnight);
    HourlyCounts after;
    ASSERT_TRUE(after.restore(before.save()));
    pass_hour(after, 0, 30);
    after.add(visits, 4, midnight + 59min);

    EXPECT_EQ(after.count(visits, hour(0)), 7U);
}

TEST(HourlyCounts, RefusesAStateThatItDidNotWrite) {
    HourlyCounts whole;
    whole.add(visits, 3, midnight);
    const auto saved = whole.save();
    const auto changed = [&saved](auto change) {
        auto copy = saved;
        change(copy);
        return copy;
    };
    const std::vector<nlohmann::json> wrong{
        3,
        nlohmann::json::object(),
        changed([](auto& state) { state["latest_hour"] = -1; }),
        changed([](auto& state) { state["latest_hour"] = 9'000'000'000'000LL; }),
        changed([](auto& state) { state["minutes"].erase(0); }),
        changed([](auto& state) { state["minutes"][0] = 300; }),
        changed([](auto& state) { state["series"] = "none"; }),
        changed([](auto& state) { state["series"][0]["counts"][7] = -1; }),
        changed([](auto& state) { state["series"][0].erase("event"); }),
        changed([](auto& state) { state["series"] = std::vector(301, state["series"][0]); }),
    };
    for (const auto& state : wrong) EXPECT_FALSE(HourlyCounts().restore(state)) << state;
}

}  // namespace
}  // namespace pinrelay::alarms
