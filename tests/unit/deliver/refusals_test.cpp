// How the delivery machine finds the records that the destination refuses, and which refusals it believes.
#include <gtest/gtest.h>

#include <bit>
#include <map>
#include <set>

#include "deliver/delivery_machine.hpp"
#include "machine_fixture.hpp"
#include "now.hpp"
#include "pinrelay/spool/dead_letter_reasons.hpp"

namespace pinrelay::deliver {
namespace {
using namespace std::chrono_literals;

struct Hunt {
    std::size_t times_in_common = 0;
    std::size_t requests = 0;
    std::map<model::RecordId, spool::Settlement::Fate> fates;
};

// Plays a destination that refuses every request with one of the culprits in it.
Hunt hunt(std::size_t count, const std::set<std::size_t>& culprits) {
    Hunt result;
    DeliveryMachine machine(batch_of(count));
    Step step;
    step.next = machine.start();
    while (const Send* send = std::get_if<Send>(&step.next)) {
        ++result.requests;
        const auto found = culprits.lower_bound(send->first);
        const bool bad = found != culprits.end() && *found < send->first + send->count;
        const Outcome outcome = bad ? verdict_of(destination::Isolate{}, "no") : all_delivered(send->count);
        result.times_in_common += machine.is_refused_in_common(outcome) ? 1 : 0;
        step = machine.resume(outcome, 1s, now);
        for (const auto& settlement : step.settlements)
            EXPECT_TRUE(result.fates.emplace(settlement.id, settlement.fate).second) << "settled twice";
    }
    EXPECT_EQ(result.fates.size(), count);
    return result;
}

std::size_t dead_letters(const Hunt& hunt) {
    std::size_t count = 0;
    for (const auto& [id, fate] : hunt.fates) count += fate == spool::Settlement::Fate::DeadLetter ? 1 : 0;
    return count;
}

TEST(DeliveryMachine, FindsOneCulpritAmongAThousandInFewRequestsWhereverItIs) {
    constexpr std::size_t count = 1000;
    constexpr std::size_t most_requests = 21;  // 2 · log2(1000) + 2 = 21.9

    for (std::size_t culprit = 0; culprit < count; ++culprit) {
        const Hunt result = hunt(count, {culprit});

        EXPECT_LE(result.requests, most_requests) << "culprit at " << culprit;
        EXPECT_EQ(dead_letters(result), 1u);
        EXPECT_EQ(result.fates.at(static_cast<model::RecordId>(culprit + 1)), spool::Settlement::Fate::DeadLetter);
    }
}

TEST(DeliveryMachine, FindsOneCulpritInBatchesOfAnySize) {
    for (std::size_t count = 1; count <= 130; ++count) {
        const std::size_t levels = std::bit_width(count - 1);  // ⌈log2(count)⌉
        for (std::size_t culprit = 0; count > 1 && culprit < count; ++culprit) {
            const Hunt result = hunt(count, {culprit});

            EXPECT_LE(result.requests, 2 * levels + (count == 2 ? 2 : 1))
                << count << " records, culprit at " << culprit;
            EXPECT_EQ(dead_letters(result), 1u);
        }
    }
}

TEST(DeliveryMachine, FindsSeveralCulpritsAndDeliversAllOthers) {
    const std::set<std::size_t> culprits{0, 1, 17, 499, 500, 777, 999};

    const Hunt result = hunt(1000, culprits);

    EXPECT_EQ(dead_letters(result), culprits.size());
    for (const std::size_t culprit : culprits)
        EXPECT_EQ(result.fates.at(static_cast<model::RecordId>(culprit + 1)), spool::Settlement::Fate::DeadLetter);
}

TEST(DeliveryMachine, BuriesNobodyWhenEveryRecordIsRefused) {
    std::set<std::size_t> all;
    for (std::size_t i = 0; i < 64; ++i) all.insert(i);

    const Hunt result = hunt(64, all);

    EXPECT_EQ(dead_letters(result), 0u);
    EXPECT_LE(result.requests, 127u);
    EXPECT_GE(result.times_in_common, 1u);
}

// The destination takes the first half, and refuses everything from then on.
TEST(DeliveryMachine, BuriesNobodyWhenAnOutageBeginsInTheMiddleOfASearch) {
    for (const std::size_t good_requests : {1U, 2U, 5U, 9U}) {
        DeliveryMachine machine(batch_of(100));
        Step step;
        step.next = machine.start();
        std::map<model::RecordId, spool::Settlement::Fate> fates;
        std::size_t requests = 0;
        while (const Send* send = std::get_if<Send>(&step.next)) {
            const bool holds_culprit = send->first <= 70 && 70 < send->first + send->count;
            const bool refuses = ++requests > good_requests + 1 || holds_culprit;
            const Outcome outcome =
                refuses ? verdict_of(destination::Isolate{}, "HTTP 400, code 1: no") : all_delivered(send->count);
            step = machine.is_refused_in_common(outcome) ? machine.give_all_back(outcome, 7s, now)
                                                         : machine.resume(outcome, 1s, now);
            for (const auto& settlement : step.settlements) fates.emplace(settlement.id, settlement.fate);
        }

        EXPECT_EQ(fates.size(), 100u);
        for (const auto& [id, fate] : fates) EXPECT_NE(fate, spool::Settlement::Fate::DeadLetter) << id;
    }
}

TEST(DeliveryMachine, AListOfVerdictsThatAreAllRefusalsBuriesNobodyAtFirst) {
    auto verdict = verdict_of(destination::Judged{}, "HTTP 200");
    verdict.records.assign(5, {destination::Fate::Refused, "try again", ""});
    DeliveryMachine machine(batch_of(5));
    DeliveryMachine believed(batch_of(5));
    for (std::size_t i = 0; i < 5; ++i) believed.believe_refusal(i);
    const auto doubtful = machine.doubtful(verdict);

    const Step first = machine.resume(verdict, 1s, now);
    const Step second = believed.resume(verdict, 1s, now);

    EXPECT_EQ(doubtful.size(), 5u);
    expect_settled_once(first.settlements, 5);
    expect_settled_once(second.settlements, 5);
    for (const auto& settlement : first.settlements) EXPECT_EQ(settlement.fate, spool::Settlement::Fate::Retry);
    for (const auto& settlement : second.settlements) EXPECT_EQ(settlement.fate, spool::Settlement::Fate::DeadLetter);
}

TEST(DeliveryMachine, SendsOnceMoreWhatWasRefusedBeforeSomethingOfTheBatchWasTaken) {
    auto refused = verdict_of(destination::Judged{}, "HTTP 200");
    refused.records.assign(2, {destination::Fate::Refused, "try again", ""});
    DeliveryMachine machine(batch_of(5), {2, 3}, refused_in_a_row, AmbiguousOffline::DeadLetter);
    const Step kept = machine.resume(refused, 1s, now);

    const Step taken = machine.resume(all_delivered(3), 1s, now);
    const Step again = machine.resume(refused, 1s, now);

    EXPECT_TRUE(kept.settlements.empty());
    EXPECT_EQ(taken.settlements.size(), 3u);
    EXPECT_EQ(std::get<Send>(taken.next).first, 0u);
    EXPECT_EQ(std::get<Send>(taken.next).count, 2u);
    expect_settled_once(again.settlements, 2);
    for (const auto& settlement : again.settlements) EXPECT_EQ(settlement.fate, spool::Settlement::Fate::DeadLetter);
}

TEST(DeliveryMachine, ARecordWithoutAClearVerdictGoesBackAndIsNotDelivered) {
    destination::Verdict verdict = all_delivered(3);
    verdict.records[1].fate = destination::Fate::Unclear;
    auto offline = batch_of(3);
    offline[1].record.deduplicated = false;

    const Step step = DeliveryMachine(batch_of(3)).resume(verdict, 1s, now);
    const Step aside = DeliveryMachine(batch_of(3)).set_aside(verdict, 1s, false, now);
    const Step unrepeatable = DeliveryMachine(offline).resume(verdict, 1s, now);

    for (const auto& each : {step, aside}) {
        expect_settled_once(each.settlements, 3);
        for (const auto& settlement : each.settlements)
            EXPECT_EQ(settlement.fate,
                      settlement.id == 2 ? spool::Settlement::Fate::Retry : spool::Settlement::Fate::Delivered);
    }
    EXPECT_EQ(unrepeatable.settlements.back().reason, spool::reasons::ambiguous_offline.label);
}

TEST(DeliveryMachine, AnOfflineRecordWhoseRefusalIsDeniedMayHaveArrivedAndIsNotSentAgain) {
    auto verdict = verdict_of(destination::Judged{}, "HTTP 200");
    verdict.records.assign(2, {destination::Fate::Refused, "no", "", true});
    auto batch = batch_of(2);
    batch[0].record.deduplicated = false;
    const auto doubtful = DeliveryMachine(batch).doubtful(verdict);

    const Step step = DeliveryMachine(batch).resume(verdict, 1s, now);
    const Step again =
        DeliveryMachine(batch, {2}, refused_in_a_row, AmbiguousOffline::SendAgain).resume(verdict, 1s, now);

    EXPECT_EQ(doubtful, (std::vector<std::size_t>{1}));
    ASSERT_EQ(step.settlements.size(), 2u);
    EXPECT_EQ(step.settlements[0].reason, spool::reasons::ambiguous_offline.label);
    EXPECT_EQ(step.settlements[0].message, "no");
    EXPECT_EQ(step.settlements[1].fate, spool::Settlement::Fate::Retry);
    expect_settled_once(again.settlements, 2);
    for (const auto& settlement : again.settlements) EXPECT_EQ(settlement.fate, spool::Settlement::Fate::Retry);
}

TEST(DeliveryMachine, TheSampleHasOneRecordOfEachNameAndTheRarestFirst) {
    auto batch = batch_of(200);
    for (auto& stored : batch) stored.record.event_label = "lead";
    batch[137].record.event_label = "checkout";
    DeliveryMachine machine(batch);
    const Outcome refusal = verdict_of(destination::Isolate{}, "no");
    Step step;
    for (std::size_t i = 0; i < refused_parts_before_sample; ++i) step = machine.resume(refusal, 1s, now);

    const Send first = std::get<Send>(step.next);
    step = machine.resume(all_delivered(1), 1s, now);

    EXPECT_EQ(first.first, 137u);
    EXPECT_EQ(first.count, 1u);
    ASSERT_EQ(step.settlements.size(), 1u);
    EXPECT_EQ(step.settlements[0].id, 138);
}

TEST(DeliveryMachine, HalfOfAllRefusedWithTheSameWordsIsNoOutage) {
    std::set<std::size_t> half;
    for (std::size_t i = 0; i < 1000; i += 2) half.insert(i + (i / 64) % 2);

    const Hunt result = hunt(1000, half);

    EXPECT_EQ(result.times_in_common, 0u);
    EXPECT_EQ(dead_letters(result), half.size());
}

TEST(DeliveryMachine, ARefusalOfEverythingIsRecognisedInFewRequestsAndBuriesNobody) {
    for (const std::size_t count : {4U, 5U, 8U, 9U, 21U, 100U, 1000U}) {
        DeliveryMachine machine(batch_of(count));
        Step step;
        step.next = machine.start();
        std::size_t requests = 0;
        const Outcome outcome = verdict_of(destination::Isolate{}, "code 1: no");
        while (std::get_if<Send>(&step.next) != nullptr) {
            ++requests;
            EXPECT_TRUE(step.settlements.empty());
            if (machine.is_refused_in_common(outcome)) break;
            step = machine.resume(outcome, 1s, now);
        }

        const Step end = machine.give_all_back(outcome, 7s, now);

        EXPECT_LE(requests, 23u) << count;
        expect_settled_once(end.settlements, count);
        for (const auto& settlement : end.settlements) EXPECT_EQ(settlement.fate, spool::Settlement::Fate::Retry);
    }
}

TEST(DeliveryMachine, OfAListThatIsRefusedInCommonTheBelievedOnesAreSettled) {
    auto refused = verdict_of(destination::Judged{}, "HTTP 200");
    refused.records.assign(20, {destination::Fate::Refused, "no", ""});
    DeliveryMachine machine(batch_of(20));
    for (std::size_t i = 0; i < 7; ++i) machine.believe_refusal(i);
    const bool in_common = machine.is_refused_in_common(refused);

    const Step end = machine.give_all_back(refused, 7s, now);

    EXPECT_TRUE(in_common);
    expect_settled_once(end.settlements, 20);
    for (const auto& settlement : end.settlements)
        EXPECT_EQ(settlement.fate == spool::Settlement::Fate::DeadLetter, settlement.id <= 7) << settlement.id;
}

TEST(DeliveryMachine, ABatchRefusedBeforeIsRecognisedByItsFirstRecord) {
    DeliveryMachine machine(batch_of(21), {1, 20}, 1, AmbiguousOffline::DeadLetter);

    EXPECT_TRUE(machine.is_refused_in_common(verdict_of(destination::Isolate{}, "no")));
}

TEST(DeliveryMachine, DifferentWordsAreNoRefusalOfEverybody) {
    DeliveryMachine machine(batch_of(2), {1, 1}, refused_in_a_row, AmbiguousOffline::DeadLetter);
    machine.resume(verdict_of(destination::Isolate{}, "HTTP 400, code 1: x"), 1s, now);

    EXPECT_FALSE(machine.is_refused_in_common(verdict_of(destination::Isolate{}, "HTTP 400, code 2: x")));
    EXPECT_TRUE(machine.is_refused_in_common(verdict_of(destination::Isolate{}, "HTTP 400, code 1: y")));
}

}  // namespace
}  // namespace pinrelay::deliver
