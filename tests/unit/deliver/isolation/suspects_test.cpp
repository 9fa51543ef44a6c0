#include "deliver/isolation/suspects.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <random>
#include <set>

#include "unit/deliver/now.hpp"

namespace pinrelay::deliver {
namespace {
using namespace std::chrono_literals;
using std::chrono::milliseconds;

Suspects::Batch records(model::RecordId first, std::size_t count) {
    Suspects::Batch batch(count);
    for (std::size_t i = 0; i < count; ++i) batch[i].id = first + static_cast<model::RecordId>(i);
    return batch;
}

struct SuspectsTest : testing::Test {
    Suspects suspects{RetryLimits{500ms, 60s, 60s, 1h}};

    Suspects::Failure fail(const Suspects::Batch& batch, bool maybe_content = true, Time at = now) {
        return suspects.failed(batch, 0, batch.size(), maybe_content, at, 0.5);
    }
    void pass() { suspects.passed({}, 0, 0, suspects.send()); }
};

TEST_F(SuspectsTest, ABatchThatNeverFailedIsSentWhole) {
    const auto plan = suspects.plan(records(1, 7));

    EXPECT_EQ(plan.parts, std::vector<std::size_t>{7});
}

TEST_F(SuspectsTest, TheFirstFailureAfterARequestThatWasTakenIsAStrayOneAndTheSecondTheAccounts) {
    const bool before_any = fail(records(1, 20)).spares_account;
    pass();
    const auto stray = fail(records(21, 20));
    const bool second = fail(records(41, 20)).spares_account;
    pass();
    const bool after_another = fail(records(61, 20)).spares_account;

    EXPECT_FALSE(before_any);
    EXPECT_TRUE(stray.spares_account);
    EXPECT_GE(stray.wait, 500ms);
    EXPECT_FALSE(stray.alone);
    EXPECT_FALSE(second);
    EXPECT_TRUE(after_another);
}

TEST_F(SuspectsTest, RecordsThatAreCountedTwiceShareNoRequestWithOthers) {
    auto leased = records(1, 5);
    leased[1].record.deduplicated = leased[3].record.deduplicated = false;

    const auto plan = suspects.plan(leased);

    EXPECT_EQ(plan.parts, (std::vector<std::size_t>{3, 2}));
    EXPECT_EQ(plan.batch[3].id, 2);
    EXPECT_EQ(plan.batch[4].id, 4);
}

TEST_F(SuspectsTest, WhatFailedIsNotMixedWithOthersThatGoFirst) {
    fail(records(1, 3));
    auto leased = records(1, 3);
    const auto others = records(10, 2);
    leased.insert(leased.end(), others.begin(), others.end());

    const auto plan = suspects.plan(leased);

    EXPECT_EQ(plan.parts, (std::vector<std::size_t>{2, 3}));
    EXPECT_EQ(plan.batch.front().id, 10);
}

TEST_F(SuspectsTest, WhatAFormerProcessTriedOftenIsNotMixedEither) {
    auto leased = records(1, 4);
    leased[1].attempts = 3;

    EXPECT_EQ(suspects.plan(leased).parts, (std::vector<std::size_t>{3, 1}));
}

TEST_F(SuspectsTest, ABatchThatFailsWhileOthersAreTakenIsSingledOutAndThenHalved) {
    const auto batch = records(1, 20);
    fail(batch);
    pass();
    const auto once = fail(batch);
    pass();
    const auto still_whole = suspects.plan(batch).parts;
    const auto twice = fail(batch);

    EXPECT_TRUE(once.spares_account);
    EXPECT_TRUE(twice.spares_account);
    EXPECT_EQ(still_whole, std::vector<std::size_t>{20});
    pass();
    EXPECT_EQ(suspects.plan(batch).parts, (std::vector<std::size_t>{10, 10}));
}

TEST_F(SuspectsTest, AFailureSentBeforeThePassOrAfterAnotherFailureExplainsNothing) {
    const auto batch = records(1, 20);
    const auto early = suspects.send();
    fail(batch);
    suspects.passed({}, 0, 0, early);  // it was on its way before the batch failed
    const bool by_an_early_pass = fail(batch).spares_account;
    pass();
    fail(records(100, 5));
    fail(records(200, 5));  // all others fail by now
    const bool among_failures = fail(batch).spares_account;

    EXPECT_FALSE(by_an_early_pass);
    EXPECT_FALSE(among_failures);
}

TEST_F(SuspectsTest, WhatNeverGotThereSuspectsNobody) {
    const auto batch = records(1, 20);

    for (int i = 0; i < 5; ++i) {
        EXPECT_FALSE(fail(batch, false).spares_account);
        pass();
    }

    EXPECT_EQ(suspects.size(), 0u);
}

TEST_F(SuspectsTest, WithNothingElseToCompareOneGoesFirstAndAnotherOneEachTime) {
    const auto batch = records(1, 4);
    for (int i = 0; i < failures_before_probe; ++i) {
        EXPECT_EQ(suspects.plan(batch).parts, std::vector<std::size_t>{4});
        fail(batch);
    }

    std::set<model::RecordId> probes;
    for (int i = 0; i < 4; ++i) {
        const auto plan = suspects.plan(batch);
        ASSERT_EQ(plan.parts, (std::vector<std::size_t>{1, 3}));
        probes.insert(plan.batch.front().id);
        fail({plan.batch.front()});
    }

    EXPECT_EQ(probes.size(), 4u);
}

TEST_F(SuspectsTest, TheProbeIsOneThatTheDestinationFolds) {
    auto batch = records(1, 3);
    batch[0].record.deduplicated = batch[1].record.deduplicated = false;
    for (int i = 0; i < failures_before_probe; ++i) fail(batch);

    EXPECT_EQ(suspects.plan(batch).batch.front().id, 3);
}

TEST_F(SuspectsTest, WhereTheOthersFailTooTheProbesAndTheOthersTakeTurns) {
    const auto batch = records(1, 4);
    for (int i = 0; i < failures_before_probe; ++i) fail(batch);
    auto leased = batch;
    const auto others = records(50, 5);
    leased.insert(leased.end(), others.begin(), others.end());

    const auto others_first = suspects.plan(leased);
    fail(others);
    auto next = batch;
    const auto more = records(80, 5);
    next.insert(next.end(), more.begin(), more.end());
    const auto probe_first = suspects.plan(next);

    EXPECT_EQ(others_first.parts, (std::vector<std::size_t>{5, 4}));
    EXPECT_EQ(probe_first.parts, (std::vector<std::size_t>{1, 3, 5}));
    EXPECT_EQ(probe_first.batch.back().id, 84);
}

TEST_F(SuspectsTest, ARecordAloneWaitsLongerEachTimeAndIsGivenUpAfterItsBound) {
    const auto one = records(1, 1);
    fail(one);
    std::vector<milliseconds> waits;
    Suspects::Failure failure;
    do {
        pass();
        failure = fail(one);
        ASSERT_TRUE(failure.spares_account);
        waits.push_back(failure.wait);
    } while (!failure.hopeless && waits.size() < 100);

    EXPECT_EQ(waits.size(), 1u + isolated_failures_before_death);
    EXPECT_TRUE(std::ranges::is_sorted(waits));
    EXPECT_GE(waits.front(), 30s);
    EXPECT_LE(waits.back(), 1h);
}

TEST_F(SuspectsTest, ARecordAloneThatNothingCanBeComparedWithIsGivenUpAfterADay) {
    const auto one = records(1, 1);
    fail(one);
    pass();
    fail(one);
    Time at = now;
    int requests = 0;
    for (Suspects::Failure failure; !failure.hopeless && requests < 1000; ++requests) {
        failure = fail(one, true, at);
        EXPECT_TRUE(failure.spares_account) << "it must not close the account";
        at += failure.wait;
    }

    EXPECT_GE(at - now, 24h);
    EXPECT_LE(requests, 48);
}

TEST_F(SuspectsTest, WhereOneThatStoodAloneIsTakenAfterAllTheOthersBeginAnew) {
    const auto one = records(1, 1);
    const auto other = records(2, 1);
    for (const auto& each : {one, other}) fail(each);
    milliseconds longest{};
    for (int i = 0; i < 100; ++i) {
        pass();
        const auto failure = fail(one);
        longest = std::max(longest, failure.wait);
        ASSERT_FALSE(failure.hopeless) << i;
        fail(other);
        suspects.passed(other, 0, 1, suspects.send());
    }

    EXPECT_LE(longest, 2min) << "it waits no longer than in an outage";
}

TEST_F(SuspectsTest, WhatWasPartedFromABadOneAndIsTakenIsNoSuchSign) {
    const auto two = records(1, 2);
    const auto one = records(9, 1);
    for (const auto& each : {two, one}) fail(each);
    Suspects::Failure failure;
    for (int i = 0; i < 2 * isolated_failures_before_death && !failure.hopeless; ++i) {
        pass();
        if (i < 3) fail(two);
        failure = fail(one);
        suspects.passed({two[0]}, 0, 1, suspects.send());
    }

    EXPECT_TRUE(failure.hopeless);
}

TEST_F(SuspectsTest, InAnOutageThatMeetsEverybodyNobodyIsGivenUpForTheTimeThatPassed) {
    const auto one = records(1, 1);
    fail(one);
    pass();
    fail(one);
    for (int hour = 0; hour < 48; ++hour) {
        fail(records(100 + hour, 1));
        EXPECT_FALSE(fail(one, true, now + std::chrono::hours(hour)).hopeless);
    }
}

TEST_F(SuspectsTest, WhereThereIsNoMoreRoomThoseAloneAreGivenUpSooner) {
    const auto many = records(1, most_suspects);
    fail(many);
    for (int i = 0; i < times_singled_out_before_parting; ++i) {
        pass();
        fail(many);
    }
    std::vector<Suspects::Batch> singles{records(1, 1), records(2, 1)};
    for (std::size_t count = most_suspects / 2; count > 0; count /= 2) {
        pass();
        fail(records(1, count));
    }
    int failures = 0;
    for (Suspects::Failure failure; !failure.hopeless && failures < 100; ++failures) {
        pass();
        failure = fail(singles[0]);
    }

    EXPECT_LE(failures, isolated_failures_before_death_when_full + 1);
}

TEST_F(SuspectsTest, RemembersABoundedNumberAndThoseThatWereSingledOutLongest) {
    const auto singled = records(1, 5);
    fail(singled);
    pass();
    fail(singled);
    for (int i = 0; i < 50; ++i) fail(records(1000 * (i + 1), 1000));

    EXPECT_LE(suspects.size(), most_suspects);
    pass();
    EXPECT_TRUE(fail(singled).spares_account);
}

TEST_F(SuspectsTest, ForgetsWhatIsSettledOrTooOld) {
    fail(records(1, 2));
    suspects.forget(1);
    EXPECT_EQ(suspects.size(), 1u);

    suspects.forget_before(now + 1s);

    EXPECT_EQ(suspects.size(), 0u);
}

// A destination that is away at times, and fails at some records at all times.
class Play {
public:
    Play(unsigned seed, std::size_t batch, std::set<model::RecordId> poison, bool traffic)
        : random_(seed), poison_(std::move(poison)), traffic_(traffic) {
        for (auto& each : records(1, batch)) waiting_[each.id] = Time{};
    }

    std::map<model::RecordId, Time> waiting_;
    std::set<model::RecordId> delivered_;
    std::set<model::RecordId> given_up_;
    std::size_t requests_ = 0;
    std::size_t with_poison_ = 0;
    std::size_t parted_in_outage_ = 0;
    Time at_ = now;
    std::function<bool(Time)> away_ = [](Time) { return false; };

    void run(Time::duration length) {
        for (const Time end = at_ + length; at_ < end && !waiting_.empty();) step();
    }

private:
    void step() {
        if (traffic_)
            for (auto& each : records(next_ += 10, 3)) waiting_[each.id] = Time{};
        Suspects::Batch leased;
        for (const auto& [id, due] : waiting_)
            if (due <= at_ && leased.size() < 1000) leased.push_back(records(id, 1).front());
        if (leased.empty()) {
            at_ += 250ms;
            return;
        }
        const auto plan = suspects_.plan(leased);
        std::size_t first = 0;
        for (const std::size_t count : plan.parts) {
            if (!send(plan.batch, first, count)) return;
            first += count;
        }
        failures_ = 0;
        at_ += 250ms;
    }

    // Whether the next part is sent, too.
    bool send(const Suspects::Batch& batch, std::size_t first, std::size_t count) {
        ++requests_;
        const auto ticket = suspects_.send();
        at_ += 50ms;
        const bool bad = std::any_of(batch.begin() + static_cast<std::ptrdiff_t>(first),
                                     batch.begin() + static_cast<std::ptrdiff_t>(first + count),
                                     [this](const auto& each) { return poison_.contains(each.id); });
        with_poison_ += bad ? 1 : 0;
        if (!bad && !away_(at_)) {
            suspects_.passed(batch, first, count, ticket);
            for (std::size_t i = first; i < first + count; ++i) settle(batch[i].id, delivered_);
            return true;
        }
        const double random01 = std::uniform_real_distribution<double>(0, 1)(random_);
        const auto failure = suspects_.failed(batch, first, count, true, at_, random01);
        if (!failure.spares_account) {
            const auto most = std::min<std::int64_t>(60'000, std::int64_t{500} << std::min(failures_++, 10));
            at_ += milliseconds(static_cast<std::int64_t>(static_cast<double>(most) * random01));
            return false;
        }
        for (std::size_t i = first; i < first + count; ++i) {
            waiting_[batch[i].id] = at_ + failure.wait;
            if (failure.hopeless) settle(batch[i].id, given_up_);
        }
        return true;
    }

    void settle(model::RecordId id, std::set<model::RecordId>& where) {
        where.insert(id);
        waiting_.erase(id);
        suspects_.forget(id);
    }

    Suspects suspects_{RetryLimits{500ms, 60s, 60s, 1h}};
    std::mt19937 random_;
    std::set<model::RecordId> poison_;
    bool traffic_;
    int failures_ = 0;
    model::RecordId next_ = 1'000'000;
};

TEST(PoisonWithTraffic, CostsABoundedNumberOfRequestsAndLeavesItsNeighboursAlone) {
    for (model::RecordId poison = 1; poison <= 1000; poison += 111) {
        Play play(1, 1000, {poison}, true);
        play.run(2min);
        std::size_t neighbours = 0;
        for (model::RecordId id = 1; id <= 1000; ++id) neighbours += play.delivered_.contains(id) ? 1 : 0;
        const auto to_free_them = play.with_poison_;
        play.run(24h);

        EXPECT_EQ(neighbours, 999u) << poison;
        EXPECT_LE(to_free_them, 18u);
        EXPECT_LE(play.with_poison_, 25u) << poison;
        EXPECT_EQ(play.given_up_, std::set<model::RecordId>{poison});
    }
}

TEST(PoisonWithoutTraffic, CostsABoundedNumberOfRequestsAndLeavesItsNeighboursAlone) {
    std::size_t most = 0;
    std::size_t most_at_all = 0;
    for (model::RecordId poison = 1; poison <= 1000; poison += 111) {
        Play play(2, 1000, {poison}, false);
        play.run(2min);
        EXPECT_EQ(play.delivered_.size(), 999u) << poison;
        most = std::max(most, play.requests_);
        play.run(48h);
        most_at_all = std::max(most_at_all, play.requests_);
        EXPECT_EQ(play.given_up_, std::set<model::RecordId>{poison});
    }
    EXPECT_LE(most, 45u);
    EXPECT_LE(most_at_all, 90u);
}

// Whatever the schedule of the outages and whichever records are poison: no other record is given up, and all poison
// is.
class OutageAndPoison : public testing::TestWithParam<unsigned> {};

TEST_P(OutageAndPoison, AreToldApart) {
    std::mt19937 random(GetParam());
    const auto pick = [&random](int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); };
    std::set<model::RecordId> poison;
    for (int i = pick(0, 5); i > 0; --i) poison.insert(pick(1, 300));
    std::vector<Time> turns{now};
    while (turns.back() < now + 4h) turns.push_back(turns.back() + std::chrono::seconds(pick(1, 600)));
    Play play(GetParam(), 300, poison, GetParam() % 2 == 0);
    play.away_ = [&turns](Time at) {
        return (std::ranges::upper_bound(turns, at) - turns.begin()) % 2 == 1 && at < turns.back();
    };

    play.run(GetParam() % 2 == 0 ? 16h : 96h);

    EXPECT_EQ(play.given_up_, poison);
    for (model::RecordId id = 1; id <= 300; ++id)
        EXPECT_TRUE(play.delivered_.contains(id) || poison.contains(id)) << id;
}

INSTANTIATE_TEST_SUITE_P(Seeds, OutageAndPoison, testing::Range(1U, 31U));

// Nothing is parted by outages alone, whatever their schedule.
class OutagesAlone : public testing::TestWithParam<unsigned> {};

TEST_P(OutagesAlone, PartNothing) {
    std::mt19937 random(GetParam() * 31);
    const auto pick = [&random](int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); };
    Suspects suspects{RetryLimits{500ms, 60s, 60s, 1h}};
    Time at = now;
    model::RecordId next = 1;
    std::map<model::RecordId, int> waiting;
    for (int outage = 0; outage < 20; ++outage) {
        for (const bool away : {false, true}) {
            for (int request = pick(2, 40); request > 0; --request) {
                for (int i = pick(0, 5); i > 0; --i) waiting[next++] = 0;
                Suspects::Batch leased;
                for (const auto& [id, zero] : waiting) leased.push_back(records(id, 1).front());
                if (leased.empty()) continue;
                const auto plan = suspects.plan(leased);
                EXPECT_LE(plan.parts.size(), 3u) << "a probe, those that failed, the others";
                EXPECT_EQ(suspects.alone(), 0u);
                for (std::size_t first = 0, part = 0; part < plan.parts.size(); first += plan.parts[part++]) {
                    const auto ticket = suspects.send();
                    at += 1s;
                    if (away) {
                        if (suspects.failed(plan.batch, first, plan.parts[part], true, at, 0.5).spares_account)
                            continue;
                        break;
                    }
                    suspects.passed(plan.batch, first, plan.parts[part], ticket);
                    for (std::size_t i = first; i < first + plan.parts[part]; ++i) {
                        waiting.erase(plan.batch[i].id);
                        suspects.forget(plan.batch[i].id);
                    }
                }
            }
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, OutagesAlone, testing::Range(1U, 51U));

}  // namespace
}  // namespace pinrelay::deliver
