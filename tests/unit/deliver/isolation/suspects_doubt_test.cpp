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
        return suspects.doubt(one(id), {0}, words, at, 1.0);
    }
    void take() { suspects.passed({}, 0, 0, suspects.send()); }
};

TEST_F(Doubts, ARefusalIsBelievedOnceAnotherRecordWasTakenSinceTheOneBefore) {
    const bool at_first = suspects.believes_refusal(1, now);
    const auto sent_before = suspects.send();
    refuse(1);
    const bool again = suspects.believes_refusal(1, now);
    suspects.passed({}, 0, 0, sent_before);
    const bool after_an_old_request = suspects.believes_refusal(1, now);
    take();

    EXPECT_FALSE(at_first);
    EXPECT_FALSE(again);
    EXPECT_FALSE(after_an_old_request);
    EXPECT_TRUE(suspects.believes_refusal(1, now));
    EXPECT_FALSE(suspects.believes_refusal(2, now)) << "never refused before";
}

TEST_F(Doubts, ARefusalIsBelievedAfterADay) {
    refuse(1);

    EXPECT_FALSE(suspects.believes_refusal(1, now + 23h));
    EXPECT_TRUE(suspects.believes_refusal(1, now + 24h));
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
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < batch.size(); ++i) {
        batch[i].id = static_cast<model::RecordId>(i + 1);
        all.push_back(i);
    }

    EXPECT_TRUE(suspects.doubt(batch, all, refusal, now, 1.0).meets_everybody);
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
    EXPECT_EQ(suspects.doubt(further(1), {0}, refusal, now, 1.0).wait, 500ms);
    EXPECT_EQ(suspects.doubt(further(1, 1), {0}, refusal, now, 1.0).wait, 1s);
    EXPECT_EQ(suspects.doubt(further(1, 2'000'000'000), {0}, refusal, now, 1.0).wait, 60s);
    EXPECT_EQ(suspects.size(), most_suspects);
    EXPECT_FALSE(suspects.believes_refusal(most_suspects + 1, now));
}

TEST_F(FullMemory, WhatCannotBeRememberedCountsAmongEverybodyOnce) {
    for (int again = 0; again < 20; ++again)
        EXPECT_FALSE(suspects.doubt(further(1), {0}, refusal, now, 1.0).meets_everybody) << again;
    for (std::size_t i = 2; i < 8; ++i)
        EXPECT_FALSE(suspects.doubt(further(i), {0}, refusal, now, 1.0).meets_everybody) << i;

    EXPECT_TRUE(suspects.doubt(further(8), {0}, refusal, now, 1.0).meets_everybody);
}

TEST_F(FullMemory, HasRoomAgainOnceOldOnesAreForgotten) {
    suspects.forget_before(now - 1h);
    suspects.doubt(further(1), {0}, refusal, now, 1.0);
    take();

    EXPECT_TRUE(suspects.believes_refusal(most_suspects + 1, now));
}

TEST_F(Doubts, WhatWentBackTogetherIsBelievedTogether) {
    Suspects::Batch batch(3);
    for (std::size_t i = 0; i < batch.size(); ++i) batch[i].id = static_cast<model::RecordId>(i + 1);
    suspects.gave_back(batch, now);
    const bool at_first = suspects.believes_refusal(2, now);
    const auto plan = suspects.plan(batch);
    take();

    EXPECT_FALSE(at_first);
    EXPECT_EQ(plan.sample, 1U);
    EXPECT_EQ(plan.parts.front(), 1u) << "one goes first";
    EXPECT_TRUE(suspects.believes_refusal(2, now));
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
            suspects.doubt(plan.batch, {i}, refusal, now, 1.0);
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
