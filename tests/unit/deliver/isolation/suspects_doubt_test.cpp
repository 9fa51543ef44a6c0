// Refusals that may be the destination's trouble, and not the records'.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "deliver/isolation/common_refusal.hpp"
#include "deliver/isolation/suspects.hpp"
#include "unit/deliver/now.hpp"

namespace pinrelay::deliver {
namespace {
using namespace std::chrono_literals;

constexpr const char* refusal = "HTTP 400, code 99: no";

struct Doubts : testing::Test {
    Suspects suspects{RetryLimits{500ms, 60s, 60s, 1h}};

    static Suspects::Batch one(model::RecordId id) {
        Suspects::Batch batch(1);
        batch[0].id = id;
        return batch;
    }
    Suspects::Doubt refuse(model::RecordId id, Time at = now, const std::string& words = refusal) {
        return refuse(one(id), at, words);
    }
    Suspects::Doubt refuse(const Suspects::Batch& batch, Time at = now, const std::string& words = refusal) {
        std::vector<std::size_t> all;
        for (const auto& stored : batch) {
            suspects.refused(stored.id, words, at);
            all.push_back(all.size());
        }
        return suspects.doubt(batch, all, at, 1.0);
    }
    void take() { suspects.passed({}, 0, 0, suspects.send()); }
};

TEST_F(Doubts, ARefusalIsBelievedOnceAnotherRecordWasTakenSinceTheOneBefore) {
    const bool at_first = suspects.refused(1, refusal, now);
    const auto sent_before = suspects.send();
    refuse(1);
    const bool again = suspects.refused(1, refusal, now);
    suspects.passed({}, 0, 0, sent_before);
    const bool after_an_old_request = suspects.refused(1, refusal, now);
    take();

    EXPECT_FALSE(at_first);
    EXPECT_FALSE(again);
    EXPECT_FALSE(after_an_old_request);
    EXPECT_TRUE(suspects.refused(1, refusal, now));
    EXPECT_FALSE(suspects.refused(2, refusal, now)) << "never refused before";
}

// An outage that begins again after one request was taken must not be believed about all that it met before.
TEST_F(Doubts, OfThoseRefusedAgainOnlyAFewAreBelievedUntilSomethingIsTaken) {
    Suspects::Batch batch(30);
    for (std::size_t i = 0; i < batch.size(); ++i) batch[i].id = static_cast<model::RecordId>(i + 1);
    suspects.gave_back(batch, now);
    std::size_t believed = 0;
    std::size_t phases = 0;
    for (const std::string words : {refusal, "HTTP 400, code 7: no", ""}) {
        take();
        for (const auto& stored : batch) {
            const auto each = words.empty() ? "event " + std::to_string(stored.id) + " is bad" : words;
            believed += suspects.refused(stored.id, each, now) ? 1 : 0;
        }
        EXPECT_EQ(believed, ++phases * (refused_in_a_row - 1)) << words;
    }
    EXPECT_TRUE(suspects.refused(30, refusal, now + 24h)) << "all the same after a day";
}

TEST_F(Doubts, ARefusalIsBelievedAfterADay) {
    refuse(1);

    EXPECT_FALSE(suspects.refused(1, refusal, now + 23h));
    EXPECT_TRUE(suspects.refused(1, refusal, now + 24h));
}

TEST_F(Doubts, MeetEverybodyOnceSoManyRecordsWereRefusedInARow) {
    for (model::RecordId id = 1; id < 8; ++id) EXPECT_FALSE(refuse(id).meets_everybody) << id;
    for (int again = 0; again < 5; ++again) EXPECT_FALSE(refuse(3).meets_everybody) << "one of them once more";

    EXPECT_TRUE(refuse(8).meets_everybody);
    EXPECT_TRUE(suspects.meets_everybody());
    take();
    EXPECT_FALSE(suspects.meets_everybody());
    EXPECT_FALSE(refuse(9).meets_everybody);
}

TEST_F(Doubts, AListOfRefusalsCountsEachRecord) {
    Suspects::Batch batch(9);
    for (std::size_t i = 0; i < batch.size(); ++i) batch[i].id = static_cast<model::RecordId>(i + 1);

    EXPECT_TRUE(refuse(batch).meets_everybody);
}

TEST_F(Doubts, WordsOfAnotherKindBeginANewRow) {
    for (model::RecordId id = 1; id < 8; ++id) refuse(id);

    EXPECT_FALSE(refuse(8, now, "HTTP 400, code 7: no").meets_everybody);
    EXPECT_FALSE(refuse(9, now, "HTTP 400, code 7: other").meets_everybody);
}

TEST_F(Doubts, TrafficThatIsTakenBesideManyBadRecordsKeepsTheAccountGoing) {
    for (model::RecordId id = 1; id < 100; ++id) {
        const auto good = suspects.send();
        EXPECT_FALSE(refuse(id).meets_everybody);
        suspects.passed({}, 0, 0, good);
    }
}

TEST_F(Doubts, TheNextOneIsDueInItsTime) {
    refuse(1);
    refuse(1);
    refuse(2);

    EXPECT_EQ(suspects.next_due(now), now + 500ms);
    EXPECT_EQ(suspects.next_due(now + 500ms), now + 1s);
    EXPECT_EQ(suspects.next_due(now + 1s), std::nullopt);
    refuse(3, now + 2s);
    EXPECT_EQ(suspects.next_due(now + 2s), now + 2500ms);
}

TEST_F(Doubts, WaitLongerEachTimeUpToTheCap) {
    EXPECT_EQ(refuse(1).wait, 500ms);
    EXPECT_EQ(refuse(1).wait, 1s);
    EXPECT_EQ(suspects.next_due(now), now + 1s);
    for (int i = 0; i < 40; ++i) refuse(1);
    EXPECT_EQ(refuse(1).wait, 60s);
}

struct FullMemory : Doubts {
    Time yesterday = now - 20h;
    FullMemory() {
        Suspects::Batch batch(most_suspects);
        for (std::size_t i = 0; i < batch.size(); ++i) batch[i].id = static_cast<model::RecordId>(i + 1);
        suspects.gave_back(batch, yesterday);
    }
    static Suspects::Batch further(std::size_t place, int attempts = 0) {
        auto batch = one(static_cast<model::RecordId>(most_suspects + place));
        batch[0].attempts = attempts;
        return batch;
    }
};

TEST_F(FullMemory, WhatCannotBeRememberedWaitsByItsAttempts) {
    EXPECT_EQ(refuse(further(1)).wait, 500ms);
    EXPECT_EQ(refuse(further(1, 1)).wait, 1s);
    EXPECT_EQ(refuse(further(1, 2'000'000'000)).wait, 60s);
    EXPECT_EQ(suspects.size(), most_suspects);
    EXPECT_FALSE(suspects.refused(most_suspects + 1, refusal, now));
}

TEST_F(FullMemory, WhatCannotBeRememberedCountsAmongEverybodyOnce) {
    for (int again = 0; again < 20; ++again) EXPECT_FALSE(refuse(further(1)).meets_everybody) << again;
    for (std::size_t i = 2; i < 8; ++i) EXPECT_FALSE(refuse(further(i)).meets_everybody) << i;

    EXPECT_TRUE(refuse(further(8)).meets_everybody);
}

TEST_F(FullMemory, HasRoomAgainOnceOldOnesAreForgotten) {
    suspects.forget_before(now - 1h);
    refuse(further(1));
    take();

    EXPECT_TRUE(suspects.refused(most_suspects + 1, refusal, now));
}

TEST_F(Doubts, WhatWentBackTogetherIsBelievedTogether) {
    Suspects::Batch batch(3);
    for (std::size_t i = 0; i < batch.size(); ++i) batch[i].id = static_cast<model::RecordId>(i + 1);
    suspects.gave_back(batch, now);
    const bool at_first = suspects.refused(2, refusal, now);
    const auto plan = suspects.plan(batch);
    take();

    EXPECT_FALSE(at_first);
    EXPECT_EQ(plan.sample, 1U);
    EXPECT_EQ(plan.parts.front(), 1u) << "one goes first";
    EXPECT_TRUE(suspects.refused(2, refusal, now));
}

TEST_F(Doubts, OfEverybodyLetSomeUntriedOnesAndSomeSuspectsGoFirst) {
    for (model::RecordId id = 1; id <= 8; ++id) refuse(id);
    Suspects::Batch batch(30);
    for (std::size_t i = 0; i < batch.size(); ++i) batch[i].id = static_cast<model::RecordId>(i + 1);

    const auto plan = suspects.plan(batch);

    EXPECT_EQ(plan.sample, 8U);
    EXPECT_EQ(plan.parts, (std::vector<std::size_t>{1, 1, 1, 1, 1, 1, 1, 1, 18, 4}));
    for (std::size_t i = 0; i < 8; ++i) EXPECT_EQ(plan.batch[i].id > 8, i < 4) << i;
}

TEST_F(Doubts, OfEverybodyTryEachOfManySuspectsInTurn) {
    Suspects::Batch batch(60);
    for (std::size_t i = 0; i < batch.size(); ++i) batch[i].id = static_cast<model::RecordId>(i + 1);
    for (model::RecordId id = 1; id <= 60; ++id) refuse(id);
    std::set<model::RecordId> probes;
    for (int round = 0; round < 8; ++round) {
        const auto plan = suspects.plan(batch);
        ASSERT_EQ(plan.sample, 8U);
        for (std::size_t i = 0; i < 8; ++i) {
            probes.insert(plan.batch[i].id);
            refuse(plan.batch[i].id);
        }
    }

    EXPECT_EQ(probes.size(), 60U);
}

TEST(KindOfRefusal, IsStatusAndCode) {
    EXPECT_EQ(kind_of_refusal("HTTP 400, code 4196: 'coupon' was unexpected"), "HTTP 400, code 4196");
    EXPECT_EQ(kind_of_refusal("Invalid event"), "Invalid event");
}

}  // namespace
}  // namespace pinrelay::deliver
