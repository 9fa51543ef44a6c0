#include "deliver/lease_schedule.hpp"
#include "now.hpp"

#include <gtest/gtest.h>

namespace pinrelay::deliver {
namespace {
using namespace std::chrono_literals;

class LeaseScheduleTest : public testing::Test {
protected:
    Pacer pacer{{1s, 60s, 45s, 1h}, {1000, 1000}, 4};
    LeaseSchedule schedule{Batcher(10, 200ms), 1s};

    LeaseSchedule::Plan plan(LeaseSchedule::Standing standing, Time time = now) {
        return schedule.next(standing, pacer, time);
    }
    static bool is_lease(const LeaseSchedule::Plan& plan) { return std::holds_alternative<LeaseSchedule::Lease>(plan); }
    static bool is_fresh_lease(const LeaseSchedule::Plan& plan) {
        return is_lease(plan) && std::get<LeaseSchedule::Lease>(plan).fresh_only;
    }
    static std::optional<std::chrono::milliseconds> sleep(const LeaseSchedule::Plan& plan) {
        return std::get<LeaseSchedule::Sleep>(plan).length;
    }
    static std::size_t news_at(const LeaseSchedule::Plan& plan) { return std::get<LeaseSchedule::Sleep>(plan).news_at; }
};

TEST_F(LeaseScheduleTest, SleepsUntilSomethingHappensWhenNothingWaits) {
    EXPECT_EQ(sleep(plan({0, 0, false})), std::nullopt);
}

TEST_F(LeaseScheduleTest, LingersForAPartBatchAndTakesAFullOneAtOnce) {
    schedule.note_waiting(now);

    EXPECT_EQ(sleep(plan({9, 0, false})), 200ms);
    EXPECT_TRUE(is_lease(plan({9, 0, false}, now + 200ms)));
    EXPECT_TRUE(is_lease(plan({10, 0, false})));
}

TEST_F(LeaseScheduleTest, NeedsNewsOnlyOfAFullBatchWhileItLingers) {
    EXPECT_EQ(news_at(plan({0, 0, false})), LeaseSchedule::any_news);

    schedule.note_waiting(now);

    EXPECT_EQ(news_at(plan({9, 0, false})), 10u);
}

TEST_F(LeaseScheduleTest, NeedsNoNewsWhileItMayNotLeaseAndKnowsThatRecordsWait) {
    pacer.failed(pacer.send(now), 30s, now, 0.5);
    EXPECT_EQ(news_at(plan({10, 0, false})), LeaseSchedule::any_news) << "only records for later are known";

    schedule.note_waiting(now);

    EXPECT_EQ(news_at(plan({10, 0, false})), LeaseSchedule::no_news);
    EXPECT_EQ(news_at(plan({10, 2, false})), LeaseSchedule::no_news);
}

TEST_F(LeaseScheduleTest, NeedsNewsWhereTheSlotForFreshRecordsFoundNone) {
    schedule.note_waiting(now);
    schedule.begin({true});
    schedule.leased(0, false);

    EXPECT_EQ(news_at(plan({10, 1, false})), LeaseSchedule::any_news);
}

TEST_F(LeaseScheduleTest, DoesNotLingerWhileItStops) {
    schedule.note_waiting(now);

    EXPECT_TRUE(is_lease(plan({1, 0, true})));
}

TEST_F(LeaseScheduleTest, WaitsAsLongAsTheBreakerIsOpen) {
    schedule.note_waiting(now);
    pacer.failed(pacer.send(now), 30s, now, 0.5);

    EXPECT_EQ(sleep(plan({10, 0, false})), 30s);
    EXPECT_EQ(sleep(plan({10, 0, true})), std::nullopt) << "an account on trial begins nothing while it stops";
}

TEST_F(LeaseScheduleTest, OffersTheSlotForFreshRecordsOnceAllOthersAreTaken) {
    schedule.note_waiting(now);

    EXPECT_FALSE(is_fresh_lease(plan({10, 0, false})));
    EXPECT_TRUE(is_fresh_lease(plan({10, 1, false})));
    EXPECT_FALSE(is_lease(plan({10, 2, false})));
}

TEST_F(LeaseScheduleTest, LooksForFreshRecordsAgainOnlyWhenThereIsNews) {
    schedule.note_waiting(now);
    schedule.begin({true});
    schedule.leased(0, false);

    EXPECT_FALSE(is_lease(plan({10, 1, false})));
    schedule.note_news();
    EXPECT_TRUE(is_fresh_lease(plan({10, 1, false})));
}

TEST_F(LeaseScheduleTest, ClosesTheFreshSlotOnTrial) {
    schedule.note_waiting(now);
    pacer.failed(pacer.send(now), std::nullopt, now, 0.5);

    const Time later = now + 1s;

    EXPECT_TRUE(is_lease(plan({10, 0, false}, later)));
    EXPECT_FALSE(is_lease(plan({10, 1, false}, later)));
}

TEST_F(LeaseScheduleTest, LooksAgainLaterWhereOnlyRecordsForLaterWait) {
    schedule.note_waiting(now);
    schedule.begin({});
    schedule.leased(0, false);

    EXPECT_EQ(sleep(plan({5, 0, false})), 1s);
}

TEST_F(LeaseScheduleTest, LooksAgainAsSoonAfterALongWait) {
    pacer.failed(pacer.send(now), 30s, now, 0.5);
    schedule.begin({});
    schedule.leased(0, false);

    EXPECT_EQ(sleep(plan({5, 0, false}, now + 30s)), 1s) << "what makes way comes back half a second later";
}

TEST_F(LeaseScheduleTest, AFullBatchLeavesMoreBehind) {
    schedule.note_waiting(now - 1s);
    schedule.begin({});
    schedule.leased(10, true);

    EXPECT_TRUE(is_lease(plan({1, 0, false})));
}

TEST_F(LeaseScheduleTest, AFailedLeaseIsMadeAgain) {
    schedule.note_waiting(now - 1s);
    schedule.begin({});
    schedule.failed();

    EXPECT_TRUE(is_lease(plan({1, 0, false})));
}

}  // namespace
}  // namespace pinrelay::deliver
