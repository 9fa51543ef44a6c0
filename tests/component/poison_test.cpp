// Events at which Pinterest fails for ever, beside others, in simulated time.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <string>

#include "component/simulation/world.hpp"

namespace pinrelay::simulation {
namespace {

std::size_t server_errors(const World& world) {
    const auto dead = world.spool.ledger().dead_by_reason;
    const auto found = dead.find({world.destination->name(), "server_error"});
    return found == dead.end() ? 0 : found->second;
}

// Twenty good events and one that Pinterest answers with a 500 for ever.
struct Poison : testing::Test {
    Poison() {
        world.start();
        auto ids = named("good-", 0, 20);
        ids.insert(ids.begin() + 7, "boom");
        world.append(ids);
    }

    // Until the good ones are out: the time in seconds; the requests are in the world.
    int seconds_until_delivered(std::function<void(int)> each_second) {
        int second = 0;
        while (second < 600 && !all_good_are_out()) {
            each_second(second++);
            world.pass(1s);
        }
        return second;
    }
    bool all_good_are_out() {
        const auto ids = named("good-", 0, 20);
        return std::ranges::all_of(ids, [this](const auto& id) { return world.pinterest.events[id].processed == 1; });
    }

    World world{1};
};

TEST_F(Poison, DoesNotHoldUpItsNeighboursBesideTraffic) {
    const int seconds = seconds_until_delivered([this](int second) { world.append(named("more-", second * 3, 3)); });
    const auto requests = world.pinterest.requests.size();

    EXPECT_LE(seconds, 30);
    EXPECT_LE(requests, 60u);
    RecordProperty("seconds", seconds);
}

TEST_F(Poison, DoesNotHoldUpItsNeighboursWithoutTraffic) {
    const int seconds = seconds_until_delivered([](int) {});

    EXPECT_LE(seconds, 30);
    EXPECT_LE(world.pinterest.requests.size(), 30u);
}

TEST_F(Poison, DoesNotSlowDownTheTrafficBesideItAndEndsAsADeadLetterInTheEnd) {
    seconds_until_delivered([this](int second) { world.append(named("more-", second * 3, 3)); });
    world.pinterest.requests.clear();
    const int hours = 6;
    for (int minute = 0; minute < hours * 60; ++minute) {
        world.append(named("later-", minute, 1));
        world.pass(1min);
        ASSERT_EQ(world.pinterest.events["later-" + std::to_string(minute)].processed, 1) << minute;
    }

    EXPECT_EQ(server_errors(world), 1u);
    EXPECT_EQ(world.counts().pending(), 0u);
    EXPECT_LE(world.pinterest.requests.size(), hours * 60u + 10u);
    EXPECT_EQ(world.spool.dead_letters("", 1).front().stored.record.event_id, "boom");
    EXPECT_GT(world.spool.dead_letters("", 1).front().stored.attempts, 8);
}

TEST_F(Poison, EndsAsADeadLetterWithoutTrafficToo) {
    world.pass(30h);

    EXPECT_EQ(server_errors(world), 1u);
    EXPECT_EQ(world.counts().delivered, 20u);
    EXPECT_LE(world.pinterest.requests.size(), 90u);
}

TEST_F(Poison, IsFoundAfterAnOutageThatMetEverybody) {
    world.pinterest.weather = Weather::Broken;
    for (int minute = 0; minute < 30; ++minute) {
        world.append(named("during-", minute * 20, 20));
        world.pass(1min);
    }
    const auto dead_during = world.counts().dead_lettered;
    world.pinterest.weather = Weather::Fair;

    world.pass(2min);

    EXPECT_EQ(dead_during, 0u);
    EXPECT_TRUE(all_good_are_out());
    EXPECT_EQ(world.counts().delivered, 620u);
    EXPECT_EQ(world.counts().pending(), 1u);
}

TEST(PoisonOfThousand, CostsABoundedNumberOfRequests) {
    for (const int position : {0, 1, 333, 500, 999}) {
        World world(1);
        world.start();
        auto ids = named("good-", 0, 999);
        ids.insert(ids.begin() + position, "boom");
        world.append(ids);
        world.pass(3min);

        EXPECT_EQ(world.counts().delivered, 999u) << position;
        EXPECT_LE(world.pinterest.requests.size(), 50u) << position;
    }
}

TEST(ManyPoisons, LeaveTheOthersAlone) {
    World world(1);
    world.start();
    std::vector<std::string> ids;
    for (int i = 0; i < 1000; ++i) ids.push_back((i % 50 == 0 ? "boom-" : "good-") + std::to_string(i));
    world.append(ids);
    for (int second = 0; second < 900; ++second) {
        world.append({(second % 20 == 0 ? "boom-late-" : "late-") + std::to_string(second)});
        world.pass(1s);
    }
    world.pass(5min);

    EXPECT_EQ(world.counts().delivered, 980u + 855u);
    EXPECT_EQ(world.counts().pending(), 20u + 45u);
}

TEST(ManyPoisons, ThatNeverEndHoldUpNobodyForLongAndFillNoLog) {
    World world(1);
    world.start();
    std::map<std::string, Time> sent;
    const int minutes = 15;
    for (int second = 0; second < minutes * 60; ++second) {
        const auto ids = named("good-", second * 10, 10);
        for (const auto& id : ids) sent[id] = world.time.now;
        world.append(ids);
        if (second % 5 == 0) world.append({"boom-" + std::to_string(second)});
        world.pass(1s);
    }
    world.pass(1min);

    for (const auto& [id, at] : sent) {
        ASSERT_EQ(world.pinterest.events[id].processed, 1) << id;
        EXPECT_LE(world.pinterest.events[id].first - at, 45s) << id;
    }
    EXPECT_LE(world.logger.count(LogLevel::Warn), 3u * (minutes + 1));
    EXPECT_LE(world.logger.count(LogLevel::Info), 1u * (minutes + 1));
}

TEST_F(Poison, CostsNoOfflineEvent) {
    world.append(named("off-", 0, 10), 0s, true);
    world.pass(1min);

    EXPECT_EQ(world.counts().delivered, 30u);
    EXPECT_EQ(world.counts().dead_lettered, 0u);
}

TEST_F(Poison, IsDeliveredWhereItHealsAfterAnHour) {
    for (int minute = 0; minute < 180; ++minute) {
        if (minute == 60) world.pinterest.healed = true;
        world.append(named("more-", minute, 1));
        world.pass(1min);
    }

    EXPECT_EQ(world.pinterest.events["boom"].processed, 1);
    EXPECT_EQ(world.counts().dead_lettered, 0u);
}

TEST(SilentPoison, ThatGetsNoAnswerDoesNotHoldUpItsNeighboursForEver) {
    World world(1);
    world.start();
    auto ids = named("good-", 0, 20);
    ids.insert(ids.begin() + 7, "hush");
    world.append(ids);
    for (int second = 0; second < 300; ++second) {
        world.append(named("more-", second, 1));
        world.pass(1s);
    }

    EXPECT_EQ(world.counts().pending(), 1u);
    EXPECT_EQ(world.counts().dead_lettered, 0u);
}

}  // namespace
}  // namespace pinrelay::simulation
