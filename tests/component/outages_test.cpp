// Outages, pauses, rates and refusals that meet everybody, in simulated time.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "component/simulation/world.hpp"
#include "deliver/isolation/common_refusal.hpp"

namespace pinrelay::simulation {
namespace {

// Fifty minutes without Pinterest under load, and ten minutes after.
class LongOutage : public testing::Test {
protected:
    static constexpr int per_second = 3;

    LongOutage() {
        world.start();
        minutes(5, "before-");
        world.pinterest.requests.clear();
        world.pinterest.weather = Weather::Away;
        minutes(50, "during-");
        requests_during = world.pinterest.requests.size();
        world.pinterest.weather = Weather::Fair;
        recovery = world.time.now;
        minutes(10, "after-");
        world.pass(1min);
    }

    void minutes(int count, const std::string& prefix) {
        for (int second = 0; second < count * 60; ++second) {
            world.append(named(prefix, second * per_second, per_second));
            world.pass(1s);
        }
    }

    World world{1};
    std::size_t requests_during = 0;
    Time recovery{};
};

TEST_F(LongOutage, LosesNothingAndCountsNothingTwice) {
    const auto counts = world.counts();

    EXPECT_EQ(counts.delivered, static_cast<unsigned>(per_second) * 60 * 65);
    EXPECT_EQ(counts.pending(), 0u);
    for (const auto& [id, account] : world.pinterest.events) EXPECT_EQ(account.processed, 1) << id;
}

TEST_F(LongOutage, DoesNotHammerWhatIsAway) {
    // Waits are even in [0, 60 s): 100 in 50 minutes on average.
    EXPECT_LT(requests_during, 200u);
    EXPECT_GT(requests_during, 50u);
}

TEST_F(LongOutage, HasEverythingOutWithinTwoMinutesOfTheEnd) {
    for (const auto& [id, account] : world.pinterest.events)
        if (id.starts_with("during-")) {
            EXPECT_LT(account.first, recovery + 2min) << id;
        }
}

TEST(FreshEvents, DoNotWaitForABacklogThatIsStale) {
    World world(1, Batches::Small);
    world.options.concurrency = 2;
    world.pinterest.latency = 2s;
    world.append(named("stale-", 0, 8'000), 2h);
    world.start();
    world.pass(10s);

    for (int i = 0; i < 30; ++i) {
        world.append(named("fresh-", i, 1));
        world.pass(5s);
    }

    ASSERT_GT(world.counts().pending(), 1'000u) << "the backlog was gone too soon to show anything";
    for (int i = 0; i < 30; ++i) EXPECT_EQ(world.pinterest.events["fresh-" + std::to_string(i)].processed, 1) << i;
}

TEST(RequestRate, StaysBelowWhatPinterestTakes) {
    World world(1);
    world.options.linger = 0ms;
    world.options.concurrency = 64;
    world.pinterest.latency = 1ms;
    world.start();

    // Each bad event costs a request of its own.
    std::vector<std::string> ids;
    for (int i = 0; i < 20'000; ++i) ids.push_back((i % 2 == 0 ? "bad-" : "good-") + std::to_string(i));
    world.append(ids);
    world.pass(3min);

    const auto& requests = world.pinterest.requests;
    ASSERT_GT(requests.size(), 5'000u);
    for (std::size_t first = 0, i = 0; i < requests.size(); ++i) {
        while (requests[i] - requests[first] >= 1min) ++first;
        ASSERT_LE(i - first + 1, 5'000u) << "requests in one minute";
    }
}

TEST(Pause, EndsByItselfWhenTheTokenIsGoodAgain) {
    World world(1);
    world.pinterest.weather = Weather::Refusing;
    world.start();
    world.append(named("kept-", 0, 5000));
    world.pass(1h);
    const auto probes = world.pinterest.requests.size();
    world.pinterest.weather = Weather::Fair;

    world.pass(3min);

    EXPECT_LE(probes, 62u);
    EXPECT_EQ(world.counts().delivered, 5000u);
    EXPECT_EQ(world.logger.count(LogLevel::Error), 1u);
}

TEST(Pause, DoesNotKeepEventsThatPinterestWouldNotTakeAnyMore) {
    World world(1);
    world.pinterest.weather = Weather::Refusing;
    world.start();
    world.append(named("old-", 0, 50));

    world.pass(8 * 24h);

    EXPECT_EQ(world.counts().dead_lettered, 50u);
    EXPECT_EQ(world.spool.ledger().dead_by_reason.at({world.destination->name(), "too_old"}), 50u);
}

// A destination that fails at random, for hours, which is no event's fault.
class Brownout : public testing::TestWithParam<int> {};

TEST_P(Brownout, CostsNoEventAndFillsNoLog) {
    World world(1);
    world.start();
    world.pinterest.weather = Weather::Flapping;
    world.pinterest.failing_percent = GetParam();
    const int hours = 6;
    const int events = hours * 180;
    for (int i = 0; i < events; ++i) {
        world.append(named("kept-", i, 1));
        world.pass(20s);
    }
    const auto told = world.logger.count(LogLevel::Warn) + world.logger.count(LogLevel::Info);
    world.pinterest.weather = Weather::Fair;
    world.pass(2h);

    EXPECT_EQ(world.counts().delivered, static_cast<unsigned>(events));
    EXPECT_EQ(world.counts().dead_lettered, 0u);
    EXPECT_LE(told, hours * 60u * 4);
}

INSTANTIATE_TEST_SUITE_P(Percent, Brownout, testing::Values(30, 50, 70, 90));

TEST(Excuses, KeepTheEvents) {
    for (const auto weather : {Weather::Excusing, Weather::Alike}) {
        World world(1);
        world.pinterest.weather = weather;
        world.start();
        world.append(named("kept-", 0, 50));
        world.pass(3h);
        const auto requests = world.pinterest.requests.size();
        const auto dead = world.counts().dead_lettered;
        world.pinterest.weather = Weather::Fair;

        world.pass(3min);

        EXPECT_EQ(dead, 0u);
        EXPECT_LE(requests, 23u + 500u * 8u) << "eight probes a round";
        EXPECT_EQ(world.counts().delivered, 50u);
    }
}

TEST(Excuses, KeepMoreEventsThanAreRememberedAlsoOverARestart) {
    World world(1);
    world.pinterest.weather = Weather::Alike;
    world.start();
    for (int i = 0; i < 12; ++i) world.append(named("kept-" + std::to_string(i) + "-", 0, 1000));
    world.pass(30min);
    world.kill();
    world.start();
    world.pass(30min);
    const auto requests = world.pinterest.requests.size();
    const auto dead = world.counts().dead_lettered;
    world.pinterest.weather = Weather::Fair;

    world.pass(3min);

    EXPECT_EQ(dead, 0u);
    EXPECT_LE(requests, 2 * (23u + 75u * 8u)) << "eight probes a round, a round in half a minute or so";
    EXPECT_EQ(world.counts().delivered, 12'000u);
}

// Everything is refused, then one request is taken, then everything is refused again, and so on.
TEST(Excuses, OfADestinationThatWorksInBetweenCostFewEvents) {
    constexpr int phases = 10;
    World world(1);
    world.pinterest.weather = Weather::Alike;
    world.start();
    world.append(named("kept-", 0, 1500));
    world.pass(5min);
    std::uint64_t delivered = 0;
    for (int phase = 0; phase < phases; ++phase) {
        world.pinterest.weather = Weather::Fair;
        while (world.counts().delivered == delivered && world.counts().pending() > 0) world.pass(10ms);
        world.pinterest.weather = Weather::Alike;
        world.pass(5min);
        delivered = world.counts().delivered;
    }
    const auto dead = world.counts().dead_lettered;
    world.pinterest.weather = Weather::Fair;
    world.pass(10min);

    EXPECT_LE(dead, phases * (deliver::refused_in_a_row - 1));
    EXPECT_EQ(world.counts().pending(), 0u);
    EXPECT_EQ(world.counts().delivered, 1500u - dead);
}

TEST(BadEvents, AllOfABatchAreDeadLettersOnceOthersWereTakenOrAfterADay) {
    World beside_others(1);
    beside_others.start();
    beside_others.append(named("bad-", 0, 50));
    beside_others.pass(5s);
    const auto dead_at_first = beside_others.counts().dead_lettered;
    for (int i = 0; i < 60; ++i) {
        beside_others.append(named("good-", i, 1));
        beside_others.pass(5s);
    }
    World alone(1);
    alone.start();
    alone.append(named("bad-", 0, 50));
    alone.pass(23h);
    const auto dead_within_a_day = alone.counts().dead_lettered;
    alone.pass(2h);

    EXPECT_EQ(dead_at_first, 0u);
    EXPECT_EQ(beside_others.counts().dead_lettered, 50u);
    EXPECT_EQ(beside_others.counts().delivered, 60u);
    EXPECT_EQ(dead_within_a_day, 0u);
    EXPECT_EQ(alone.counts().dead_lettered, 50u);
}

// With refused ones alone in every batch of the oldest, nothing would be taken that shows that the destination works.
TEST(BadEvents, ThatFillManyBatchesKeepNoGoodOneBack) {
    World world(1);
    world.start();
    world.append(named("bad-", 0, 2500));
    world.pass(1min);
    const auto dead_at_first = world.counts().dead_lettered;
    world.append(named("good-", 0, 20));
    world.pass(10min);
    const auto delivered = world.counts().delivered;
    world.pass(48h);

    EXPECT_EQ(dead_at_first, 0u);
    EXPECT_EQ(delivered, 20u);
    EXPECT_EQ(world.counts().delivered, 20u);
    EXPECT_EQ(world.counts().dead_lettered, 2500u);
}

class OutageOfAMinute : public testing::TestWithParam<unsigned> {};

TEST_P(OutageOfAMinute, IsOverForAllEventsSoonAfterTheFirstIsTaken) {
    World world(GetParam());
    world.pinterest.weather = Weather::Broken;
    world.start();
    world.append(named("kept-", 0, 5000));
    world.pass(1min);
    const auto requests = world.pinterest.requests.size();
    world.pinterest.weather = Weather::Fair;
    while (world.counts().delivered == 0) world.pass(1s);
    world.pass(8s);

    EXPECT_LE(requests, 20u);
    EXPECT_EQ(world.counts().delivered, 5000u);
}

INSTANTIATE_TEST_SUITE_P(Seeds, OutageOfAMinute, testing::Range(1U, 6U));

TEST(Outage, TellsOncePerMinuteHowItStands) {
    World world(1);
    world.pinterest.weather = Weather::Away;
    world.start();
    world.append(named("kept-", 0, 5));

    world.pass(10min);

    EXPECT_GE(world.logger.count(LogLevel::Warn, "still takes nothing"), 9u);
    EXPECT_LE(world.logger.count(LogLevel::Warn, "still takes nothing"), 11u);
    EXPECT_GE(world.logger.count(LogLevel::Warn, "pending=5"), 9u);
}

}  // namespace
}  // namespace pinrelay::simulation
