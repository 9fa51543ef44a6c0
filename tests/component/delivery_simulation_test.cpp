// The relay's own delivery in simulated time: hours of trouble in a second, the same each time for a seed. What is
// promised must hold at the end of any sequence of events, answers, kills, restarts and new configurations.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <set>

#include "component/simulation/world.hpp"

namespace pinrelay::simulation {
namespace {

class RandomLife {
public:
    explicit RandomLife(unsigned seed) : world_(seed), random_(seed * 7919 + 1) {
        world_.options.linger = 200ms;
        world_.spool.refused_per_thousand = 20;
        world_.start();
    }

    void step() {
        switch (pick(0, 15)) {
            case 0:
            case 1:
            case 2:
            case 3:
            case 4: return append();
            case 5: return kill();
            case 6: return stop();
            case 7: return reconfigure();
            case 8:
            case 9: return change_weather();
            default: return world_.pass(std::chrono::milliseconds(pick(1, 20'000)));
        }
    }

    // All is well again, for long enough that everything comes to its end. A few other events come: without them those
    // at which Pinterest fails, if only they are left, could not be told from an outage.
    void finish() {
        world_.pinterest.weather = Weather::Fair;
        world_.spool.refused_per_thousand = 0;
        for (int i = 0; i < 300 && world_.counts().pending() > 0; ++i) {
            if (i % 6 == 0) append_one("web-" + std::to_string(appended_.size()));
            world_.pass(10min);
        }
    }

    void expect_every_promise_kept() {
        const auto counts = world_.counts();
        EXPECT_EQ(counts.stored, appended_.size());
        EXPECT_EQ(counts.pending(), 0u);
        EXPECT_EQ(counts.delivered + counts.dead_lettered, appended_.size());
        const auto dead = dead_letters();
        for (const auto& letter : world_.spool.dead_letters("", 1'000'000)) {
            const auto& id = letter.stored.record.event_id;
            if (letter.reason != "server_error") continue;
            EXPECT_TRUE(id.ends_with("-boom") || id.ends_with("-vex")) << id << " was given up for another one";
        }
        for (const auto& id : appended_) {
            const auto found = world_.pinterest.events.find(id);
            const bool arrived = found != world_.pinterest.events.end() && found->second.processed > 0;
            EXPECT_TRUE(arrived || dead.contains(id)) << id << " is neither at Pinterest nor a dead letter";
            if (arrived) expect_sent_as_promised(id, found->second);
        }
    }

private:
    int pick(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }

    void append() {
        constexpr int rarely = 40;
        const bool offline = pick(0, 3) == 0;
        std::vector<std::string> ids;
        for (int i = pick(1, 60); i > 0; --i) {
            std::string id = (offline ? "off-" : "web-") + std::to_string(appended_.size());
            const int kind = pick(0, rarely);
            if (kind == 0) id += "-bad";
            if (kind == 1) id += "-odd";
            if (kind == 2) id += "-no";
            if (kind == 3 && pick(0, 9) == 0) id += "-boom";
            if (kind == 4 && pick(0, 9) == 0) id += "-vex";
            appended_.insert(id);
            ids.push_back(std::move(id));
        }
        world_.append(ids, std::chrono::seconds(pick(0, 7200)), offline);
    }

    void append_one(const std::string& id) {
        appended_.insert(id);
        world_.append({id});
    }

    void kill() {
        world_.kill();
        world_.time.now += std::chrono::seconds(pick(0, 600));
        world_.start();
    }

    void stop() {
        world_.stop(std::chrono::milliseconds(pick(0, 3000)));
        world_.start();
    }

    void reconfigure() {
        world_.options.concurrency = static_cast<std::size_t>(pick(1, 8));
        world_.options.linger = std::chrono::milliseconds(pick(0, 2000));
        world_.options.retry.base = std::chrono::milliseconds(pick(50, 2000));
        world_.reconfigure();
    }

    void change_weather() {
        constexpr std::array all = {Weather::Fair,     Weather::Fair,     Weather::Away,      Weather::Flaky,
                                    Weather::Crowded,  Weather::Refusing, Weather::Ambiguous, Weather::Broken,
                                    Weather::Excusing, Weather::Alike};
        world_.pinterest.weather = all[static_cast<std::size_t>(pick(0, static_cast<int>(all.size()) - 1))];
        world_.pinterest.latency = std::chrono::milliseconds(pick(5, 3000));
    }

    std::set<std::string> dead_letters() {
        std::set<std::string> ids;
        for (const auto& letter : world_.spool.dead_letters("", 1'000'000)) ids.insert(letter.stored.record.event_id);
        return ids;
    }

    static void expect_sent_as_promised(const std::string& id, const SimPinterest::Account& account) {
        EXPECT_NE(account.body, "changed") << id;
        EXPECT_LE(account.processed, 1 + account.unsure) << id << " was sent again although its fate was known";
        if (id.starts_with("off-")) {
            EXPECT_EQ(account.processed, 1) << id << " is offline and counts twice";
        }
    }

    World world_;
    std::mt19937 random_;
    std::set<std::string> appended_;
};

class AnyLife : public testing::TestWithParam<unsigned> {};

TEST_P(AnyLife, EndsWithEveryEventDeliveredOrExplainedAndNoneSentTwiceWithoutReason) {
    RandomLife life(GetParam());

    for (int step = 0; step < 300; ++step) life.step();
    life.finish();

    life.expect_every_promise_kept();
}

INSTANTIATE_TEST_SUITE_P(Seeds, AnyLife, testing::Range(1U, 41U));

std::vector<std::string> named(const std::string& prefix, int first, int count) {
    std::vector<std::string> ids;
    for (int i = first; i < first + count; ++i) ids.push_back(prefix + std::to_string(i));
    return ids;
}

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
        EXPECT_LE(requests, 23u + 500u);
        EXPECT_EQ(world.counts().delivered, 50u);
    }
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
