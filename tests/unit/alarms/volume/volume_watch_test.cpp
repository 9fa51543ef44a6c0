#include "alarms/volume/volume_watch.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <nlohmann/json.hpp>
#include <random>

namespace pinrelay::alarms {
namespace {
using namespace std::chrono_literals;

constexpr Hour day = 24;
constexpr Hour week = 7 * day;
constexpr Time monday{std::chrono::sys_days(std::chrono::year(2026) / 11 / 2)};  // a Monday

// How many events are to be expected in an hour, counted from the first Monday.
using Shop = std::function<double(Hour)>;

// Nothing to speak of at night, most in the evening; less at weekends.
double busy_day(Hour hour, double at_best) {
    const auto time = hour % day;
    const double of_day = time < 6 ? 0.02 : 0.2 + 0.8 * std::sin((static_cast<double>(time) - 6) / 18 * 3.14159);
    return at_best * of_day * (hour % week >= 5 * day ? 0.6 : 1);
}

// One account with one event, minute by minute.
class Weeks {
public:
    explicit Weeks(Shop shop, unsigned seed = 1) : shop_(std::move(shop)), random_(seed) {}

    // Lets the hours up to this one pass. The hours in which the alarm held are noted.
    void pass_until(Hour end) {
        for (; now_ < end; ++now_) pass_hour();
    }

    // The relay does not run.
    void skip_until(Hour end) {
        now_ = end;
        restart();
    }

    void restart() {
        VolumeWatch next;
        ASSERT_TRUE(next.restore(watch_.save()));
        watch_ = std::move(next);
    }

    const std::vector<Hour>& held() const { return held_; }
    const Finding& last() const { return last_; }

private:
    // The gamma distribution makes the counts of hours vary more than chance alone does: by half, or so.
    std::uint64_t come() {
        const double mean = shop_(now_);
        if (mean <= 0) return 0;
        constexpr double regularity = 4;
        const double lively = std::gamma_distribution<double>(regularity, mean / regularity)(random_);
        return std::poisson_distribution<std::uint64_t>(lively)(random_);
    }

    void pass_hour() {
        const std::uint64_t more = come();
        for (int minute = 1; minute <= 60; ++minute) {
            seen_.arrived["page_visit"] = arrived_ + more * static_cast<std::uint64_t>(minute) / 60;
            const Time time = monday + std::chrono::hours(now_) + std::chrono::minutes(minute - 1) + 30s;
            last_ = watch_.look({seen_}, time).at(0);
        }
        arrived_ += more;
        if (last_.holds == true) held_.push_back(now_);
    }

    Shop shop_;
    std::mt19937 random_;
    VolumeWatch watch_;
    AccountObservation seen_{"pinterest:1"};
    std::uint64_t arrived_ = 0;
    Hour now_ = 0;
    std::vector<Hour> held_;
    Finding last_;
};

TEST(VolumeWatch, RaisesNoFalseAlarmInWeeksThatAreAlike) {
    for (const double at_best : {0.2, 3.0, 20.0, 100.0, 3000.0})
        for (unsigned seed = 1; seed <= 5; ++seed) {
            Weeks weeks([at_best](Hour hour) { return busy_day(hour, at_best); }, seed);

            weeks.pass_until(30 * week);

            EXPECT_TRUE(weeks.held().empty()) << at_best << " an hour, first held in hour " << weeks.held().front();
        }
}

TEST(VolumeWatch, FindsABusyEventThatStoppedAfterTwoWholeHours) {
    constexpr Hour stop = 3 * week + 12;
    Weeks weeks([](Hour hour) { return hour < stop ? busy_day(hour, 3000) : 0; });

    weeks.pass_until(stop + 3);

    EXPECT_EQ(weeks.held(), (std::vector<Hour>{stop + 2}));
    EXPECT_EQ(weeks.last().subjects, std::set<std::string>{"page_visit"});
    EXPECT_NE(weeks.last().text.find("page_visit all but stopped: 0 came in 2 hours, at least "), std::string::npos)
        << weeks.last().text;
}

TEST(VolumeWatch, FindsAnEventOfWhichOnlyATwentiethStillComes) {
    constexpr Hour stop = 3 * week + 12;
    Weeks weeks([](Hour hour) { return busy_day(hour, 3000) * (hour < stop ? 1 : 0.02); });

    weeks.pass_until(stop + 8);

    EXPECT_EQ(weeks.last().holds, true);
}

TEST(VolumeWatch, KeepsQuietAboutAnEventOfWhichHalfStillComes) {
    constexpr Hour fall = 3 * week + 12;
    Weeks weeks([](Hour hour) { return busy_day(hour, 3000) * (hour < fall ? 1 : 0.5); });

    weeks.pass_until(fall + 2 * week);

    EXPECT_TRUE(weeks.held().empty());
}

TEST(VolumeWatch, FindsASlowEventThatStoppedWithinADay) {
    constexpr Hour stop = 3 * week + 12;
    Weeks weeks([](Hour hour) { return hour < stop ? busy_day(hour, 20) : 0; });

    weeks.pass_until(stop + 24);

    EXPECT_EQ(weeks.last().holds, true);
}

TEST(VolumeWatch, NeverJudgesARareEvent) {
    constexpr Hour stop = 3 * week;
    Weeks weeks([](Hour hour) { return hour < stop ? busy_day(hour, 1) : 0; });

    weeks.pass_until(stop + 2 * week);

    EXPECT_TRUE(weeks.held().empty());
}

TEST(VolumeWatch, NeverJudgesWhatComesInOneBurstADay) {
    Weeks weeks([](Hour hour) { return hour % day == 2 && hour < 3 * week ? 5000.0 : 0.0; });

    weeks.pass_until(5 * week);

    EXPECT_TRUE(weeks.held().empty()) << "an import at two o'clock is not what came steadily";
}

TEST(VolumeWatch, ForgivesACampaignOfOneWeek) {
    Weeks weeks([](Hour hour) { return hour / week == 3 ? 3000.0 : 40.0; });

    weeks.pass_until(6 * week);

    EXPECT_TRUE(weeks.held().empty());
}

TEST(VolumeWatch, PutsUpWithDaylightSavingTime) {
    Weeks weeks([](Hour hour) {
        const Hour local = hour < 4 * week ? hour : hour + 1;
        return local % day >= 8 && local % day < 18 ? 2000.0 : 1.0;
    });

    weeks.pass_until(7 * week);

    EXPECT_TRUE(weeks.held().empty());
}

TEST(VolumeWatch, EndsWhenTheEventsComeAgain) {
    constexpr Hour stop = 3 * week + 12;
    constexpr Hour back = stop + 5;
    Weeks weeks([](Hour hour) { return hour < stop || hour >= back ? busy_day(hour, 3000) : 0; });

    weeks.pass_until(back + 12);

    ASSERT_FALSE(weeks.held().empty());
    EXPECT_EQ(weeks.held().front(), stop + 2);
    EXPECT_EQ(weeks.held().back(), back);
    EXPECT_EQ(weeks.last().holds, false);
}

TEST(VolumeWatch, HoldsThroughTheNightAndEndsWhenNothingIsExpectedAnyMore) {
    constexpr Hour stop = 3 * week + 12;
    Weeks weeks([](Hour hour) { return hour < stop ? busy_day(hour, 500) : 0; });

    weeks.pass_until(stop + 3 * week);

    const Hour first = weeks.held().front();
    const Hour last = weeks.held().back();
    EXPECT_EQ(static_cast<Hour>(weeks.held().size()), last - first + 1) << "without a gap";
    EXPECT_GE(last - first, week);
    EXPECT_LE(last - first, 8 * day + 1);
}

TEST(VolumeWatch, SurvivesRestartsAndGoesOnWithTheHour) {
    constexpr Hour stop = 2 * week + 12;
    Weeks weeks([](Hour hour) { return hour < stop ? busy_day(hour, 3000) : 0; });
    for (Hour hour = 5; hour < stop; hour += 5) {
        weeks.pass_until(hour);
        weeks.restart();
    }

    weeks.pass_until(stop + 3);
    EXPECT_EQ(weeks.last().holds, true);
    weeks.restart();
    weeks.pass_until(stop + 4);

    EXPECT_EQ(weeks.last().holds, true);
    EXPECT_EQ(weeks.last().subjects, std::set<std::string>{"page_visit"});
}

TEST(VolumeWatch, ConcludesNothingFromTheTimeInWhichTheRelayDidNotRun) {
    Weeks weeks([](Hour hour) { return busy_day(hour, 3000); });
    weeks.pass_until(2 * week);
    weeks.skip_until(2 * week + 3 * day);

    weeks.pass_until(5 * week);

    EXPECT_TRUE(weeks.held().empty());
}

TEST(VolumeWatch, ConcludesNothingInTheFirstWeek) {
    Weeks weeks([](Hour hour) { return hour < 3 * day ? 3000.0 : 0.0; });

    weeks.pass_until(week);

    EXPECT_TRUE(weeks.held().empty());
}

TEST(VolumeWatch, ReportsAllFallenEventsOfAnAccountTogether) {
    VolumeWatch watch;
    AccountObservation seen{"pinterest:1"};
    for (Hour minute = 0; minute < (2 * week + 3) * 60; ++minute) {
        if (minute < 2 * week * 60)
            for (const char* name : {"add_to_cart", "page_visit"}) seen.arrived[name] += 10;
        seen.arrived["checkout"] += 10;
        watch.look({seen}, monday + std::chrono::minutes(minute));
    }

    const auto findings = watch.look({seen, {"pinterest:2"}}, monday + std::chrono::hours(2 * week + 3));

    ASSERT_EQ(findings.size(), 2U);
    EXPECT_EQ(findings[0].subjects, (std::set<std::string>{"add_to_cart", "page_visit"}));
    EXPECT_EQ(findings[1].holds, false);
}

}  // namespace
}  // namespace pinrelay::alarms
