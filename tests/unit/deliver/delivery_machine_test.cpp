#include "deliver/delivery_machine.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "machine_fixture.hpp"
#include "now.hpp"
#include "pinrelay/spool/dead_letter_reasons.hpp"

namespace pinrelay::deliver {
namespace {
using namespace std::chrono_literals;

TEST(DeliveryMachine, SendsTheWholeBatchFirst) {
    DeliveryMachine machine(batch_of(5));

    const Send send = machine.start();

    EXPECT_EQ(send.first, 0u);
    EXPECT_EQ(send.count, 5u);
}

TEST(DeliveryMachine, SettlesEachRecordByItsOwnVerdict) {
    DeliveryMachine machine(batch_of(3));
    machine.start();
    auto verdict = all_delivered(3);
    verdict.records[1] = {destination::Fate::Refused, "Invalid event_name", ""};

    const Step step = machine.resume(verdict, 1s, now);

    expect_settled_once(step.settlements, 3);
    EXPECT_EQ(step.settlements[0].fate, spool::Settlement::Fate::Delivered);
    EXPECT_EQ(step.settlements[1].fate, spool::Settlement::Fate::DeadLetter);
    EXPECT_EQ(step.settlements[1].reason, spool::reasons::refused.label);
    EXPECT_EQ(step.settlements[1].message, "Invalid event_name");
    EXPECT_EQ(step.settlements[2].fate, spool::Settlement::Fate::Delivered);
    EXPECT_TRUE(std::holds_alternative<Finish>(step.next));
}

TEST(DeliveryMachine, ADeliveredRecordHasTheKindsOfItsWarning) {
    DeliveryMachine machine(batch_of(2));
    machine.start();
    auto verdict = all_delivered(2);
    verdict.records[1].warning = "'click_id is missing', 'external_id is missing'";

    const Step step = machine.resume(verdict, 1s, now);

    EXPECT_EQ(step.settlements[0].reason, "");
    EXPECT_EQ(step.settlements[1].reason, "external_id_missing,click_id_missing");
}

TEST(DeliveryMachine, GivesBackWhatTheAnswerLeavesOut) {
    DeliveryMachine machine(batch_of(3));
    machine.start();

    const Step step = machine.resume(all_delivered(2), 1s, now);

    expect_settled_once(step.settlements, 3);
    EXPECT_EQ(step.settlements[2].fate, spool::Settlement::Fate::Retry);
    EXPECT_EQ(step.settlements[2].not_before, now + 1s);
    EXPECT_TRUE(std::holds_alternative<Finish>(step.next));
}

TEST(DeliveryMachine, IgnoresVerdictsBeyondTheBatch) {
    DeliveryMachine machine(batch_of(2));
    machine.start();

    const Step step = machine.resume(all_delivered(7), 1s, now);

    expect_settled_once(step.settlements, 2);
}

TEST(DeliveryMachine, GivesAllBackWhenTheDestinationIsBusy) {
    DeliveryMachine machine(batch_of(3));
    machine.start();

    const Step step = machine.resume(verdict_of(destination::Retry{std::nullopt, true}), 7s, now);

    expect_settled_once(step.settlements, 3);
    for (const auto& settlement : step.settlements) {
        EXPECT_EQ(settlement.fate, spool::Settlement::Fate::Retry);
        EXPECT_EQ(settlement.not_before, now + 7s);
    }
    EXPECT_TRUE(std::holds_alternative<Finish>(step.next));
    EXPECT_EQ(step.alarm, "");
}

TEST(DeliveryMachine, ARecordThatFailedOftenMakesWayForTheOthers) {
    auto batch = batch_of(2);
    batch[1].attempts = 3;
    DeliveryMachine machine(std::move(batch));
    machine.start();

    const Step step = machine.resume(verdict_of(destination::Retry{std::nullopt, true}), 7s, now);

    EXPECT_EQ(step.settlements[0].not_before, now + 7s);
    EXPECT_EQ(step.settlements[1].not_before, now + 7s + 500ms);
}

TEST(DeliveryMachine, RaisesTheHintWhenTheAccountIsRefused) {
    DeliveryMachine machine(batch_of(2));
    machine.start();

    const Step step = machine.resume(verdict_of(destination::Pause{"look at the access token"}), 60s, now);

    EXPECT_EQ(step.alarm, "look at the access token");
    EXPECT_EQ(step.settlements.size(), 2u);
    EXPECT_EQ(step.settlements[0].fate, spool::Settlement::Fate::Retry);
    EXPECT_TRUE(std::holds_alternative<Finish>(step.next));
}

TEST(DeliveryMachine, RaisesAnAlarmForACertificateThatIsNotTrusted) {
    DeliveryMachine machine(batch_of(1, false));
    machine.start();

    const Step step = machine.resume(net::Failure{net::ClientErrc::CertificateRefused, "expired"}, 1s, now);

    EXPECT_NE(step.alarm.find("expired"), std::string::npos);
    EXPECT_EQ(step.settlements[0].fate, spool::Settlement::Fate::Retry);
}

TEST(DeliveryMachine, GivesOfflineRecordsBackWhenNothingWasSent) {
    DeliveryMachine machine(batch_of(2, false));
    machine.start();

    const Step step = machine.resume(failure(net::ClientErrc::NotSent), 1s, now);

    EXPECT_EQ(step.settlements[0].fate, spool::Settlement::Fate::Retry);
    EXPECT_EQ(step.settlements[1].fate, spool::Settlement::Fate::Retry);
}

TEST(DeliveryMachine, NeverSendsAnOfflineRecordAgainThatMayHaveArrived) {
    auto batch = batch_of(2);
    batch[1].record.deduplicated = false;
    DeliveryMachine machine(std::move(batch));
    machine.start();

    const Step step = machine.resume(failure(net::ClientErrc::Ambiguous), 1s, now);

    expect_settled_once(step.settlements, 2);
    EXPECT_EQ(step.settlements[0].fate, spool::Settlement::Fate::Retry);
    EXPECT_EQ(step.settlements[1].fate, spool::Settlement::Fate::DeadLetter);
    EXPECT_EQ(step.settlements[1].reason, spool::reasons::ambiguous_offline.label);
}

TEST(DeliveryMachine, AnErrorOfTheDestinationMayHaveProcessedOfflineRecords) {
    DeliveryMachine unsure(batch_of(1, false));
    DeliveryMachine sure(batch_of(1, false));
    unsure.start();
    sure.start();

    const Step after_500 = unsure.resume(verdict_of(destination::Retry{std::nullopt, true}), 1s, now);
    const Step after_429 = sure.resume(verdict_of(destination::Retry{std::nullopt, false}), 1s, now);

    EXPECT_EQ(after_500.settlements[0].reason, spool::reasons::ambiguous_offline.label);
    EXPECT_EQ(after_429.settlements[0].fate, spool::Settlement::Fate::Retry);
}

TEST(DeliveryMachine, OfflineRecordsOfTheHalfNotSentYetAreGivenBack) {
    DeliveryMachine machine(batch_of(4, false));
    machine.start();
    machine.resume(verdict_of(destination::Isolate{}), 1s, now);

    const Step step = machine.resume(failure(net::ClientErrc::Ambiguous), 1s, now);

    expect_settled_once(step.settlements, 4);
    std::map<spool::Settlement::Fate, int> fates;
    for (const auto& settlement : step.settlements) ++fates[settlement.fate];
    EXPECT_EQ(fates[spool::Settlement::Fate::DeadLetter], 2);
    EXPECT_EQ(fates[spool::Settlement::Fate::Retry], 2);
}

TEST(DeliveryMachine, SendsHalvesOneAfterTheOther) {
    DeliveryMachine machine(batch_of(5));
    machine.start();

    const Step first = machine.resume(verdict_of(destination::Isolate{}), 1s, now);
    const Step second = machine.resume(all_delivered(2), 1s, now);

    EXPECT_EQ(std::get<Send>(first.next).first, 0u);
    EXPECT_EQ(std::get<Send>(first.next).count, 2u);
    EXPECT_TRUE(first.settlements.empty());
    EXPECT_EQ(std::get<Send>(second.next).first, 2u);
    EXPECT_EQ(std::get<Send>(second.next).count, 3u);
}

TEST(DeliveryMachine, KeepsWhatWasDeliveredBeforeTheDestinationFails) {
    DeliveryMachine machine(batch_of(4));
    machine.start();
    machine.resume(verdict_of(destination::Isolate{}), 1s, now);
    const Step delivered = machine.resume(all_delivered(2), 1s, now);

    const Step failed = machine.resume(verdict_of(destination::Retry{std::nullopt, true}), 1s, now);

    EXPECT_EQ(delivered.settlements.size(), 2u);
    ASSERT_EQ(failed.settlements.size(), 2u);
    EXPECT_EQ(failed.settlements[0].id, 3);
    EXPECT_EQ(failed.settlements[1].id, 4);
}

TEST(DeliveryMachine, AnAmbiguousRefusalOfAPartDoesNotSendItsOfflineRecordsAgain) {
    auto batch = batch_of(4);
    batch[2].record.deduplicated = false;
    DeliveryMachine machine(std::move(batch));
    machine.start();

    const Step step = machine.resume(verdict_of(destination::Isolate{true}), 1s, now);

    expect_settled_once(step.settlements, 4);
    EXPECT_TRUE(std::holds_alternative<Finish>(step.next));
    for (const auto& settlement : step.settlements)
        EXPECT_EQ(settlement.fate,
                  settlement.id == 3 ? spool::Settlement::Fate::DeadLetter : spool::Settlement::Fate::Retry);
}

TEST(DeliveryMachine, AnAmbiguousRefusalOfRecordsThatAreFoldedIsSplit) {
    DeliveryMachine machine(batch_of(4));
    machine.start();

    const Step step = machine.resume(verdict_of(destination::Isolate{true}), 1s, now);

    EXPECT_TRUE(step.settlements.empty());
    EXPECT_EQ(std::get<Send>(step.next).count, 2u);
}

TEST(DeliveryMachine, ASingleRefusedRecordBecomesADeadLetterWithTheDestinationsWords) {
    DeliveryMachine machine(batch_of(1));
    machine.start();
    machine.believe_refusal(0);

    const Step step = machine.resume(verdict_of(destination::Isolate{}, "Additional properties"), 1s, now);

    ASSERT_EQ(step.settlements.size(), 1u);
    EXPECT_EQ(step.settlements[0].fate, spool::Settlement::Fate::DeadLetter);
    EXPECT_EQ(step.settlements[0].reason, spool::reasons::request_refused.label);
    EXPECT_EQ(step.settlements[0].message, "Additional properties");
    EXPECT_TRUE(std::holds_alternative<Finish>(step.next));
}

TEST(DeliveryMachine, SendsPlannedPartsAndGoesOnAfterOneThatIsSetAside) {
    DeliveryMachine machine(batch_of(6), {2, 3, 1}, refused_in_a_row, AmbiguousOffline::DeadLetter);
    const Send first = machine.start();
    const Step delivered = machine.resume(all_delivered(2), 1s, now);

    const Step aside = machine.set_aside(verdict_of(destination::Retry{std::nullopt, true, true}), 4s, false, now);

    EXPECT_EQ(first.count, 2u);
    EXPECT_EQ(std::get<Send>(delivered.next).count, 3u);
    ASSERT_EQ(aside.settlements.size(), 3u);
    for (const auto& settlement : aside.settlements) EXPECT_EQ(settlement.not_before, now + 4s);
    EXPECT_EQ(std::get<Send>(aside.next).first, 5u);
}

TEST(DeliveryMachine, ARecordSetAsideTooOftenIsADeadLetterWithItsOwnReason) {
    DeliveryMachine machine(batch_of(1));

    const Step step =
        machine.set_aside(verdict_of(destination::Retry{std::nullopt, true, true}, "HTTP 500"), 4s, true, now);

    ASSERT_EQ(step.settlements.size(), 1u);
    EXPECT_EQ(step.settlements[0].reason, spool::reasons::server_error.label);
    EXPECT_EQ(step.settlements[0].message, "HTTP 500");
}

TEST(DeliveryMachine, AnOfflineRecordSetAsideAfterAnAmbiguousSendIsNotSentAgain) {
    DeliveryMachine unsure(batch_of(2, false));
    DeliveryMachine sure(batch_of(2, false));
    DeliveryMachine wanted(batch_of(2, false), AmbiguousOffline::SendAgain);

    const Step ambiguous = unsure.set_aside(verdict_of(destination::Retry{std::nullopt, true, true}), 4s, false, now);
    const Step untouched = sure.set_aside(verdict_of(destination::Retry{std::nullopt, false, true}), 4s, false, now);
    const Step again = wanted.set_aside(verdict_of(destination::Retry{std::nullopt, true, true}), 4s, false, now);

    EXPECT_EQ(ambiguous.settlements[0].reason, spool::reasons::ambiguous_offline.label);
    EXPECT_EQ(untouched.settlements[0].fate, spool::Settlement::Fate::Retry);
    EXPECT_EQ(again.settlements[0].fate, spool::Settlement::Fate::Retry);
}

TEST(DeliveryMachine, CountsEveryRequestThatCarriedARecord) {
    DeliveryMachine machine(batch_of(4));
    machine.resume(verdict_of(destination::Isolate{}), 1s, now);  // all four
    machine.resume(all_delivered(2), 1s, now);
    machine.believe_refusal(2);
    const Step refused_half = machine.resume(verdict_of(destination::Isolate{}), 1s, now);
    const Step refused = machine.resume(verdict_of(destination::Isolate{}), 1s, now);
    const Step failed = machine.resume(verdict_of(destination::Retry{std::nullopt, true}), 1s, now);

    EXPECT_TRUE(refused_half.settlements.empty());
    ASSERT_EQ(refused.settlements.size(), 1u);
    EXPECT_EQ(refused.settlements[0].sends, 3);
    ASSERT_EQ(failed.settlements.size(), 1u);
    EXPECT_EQ(failed.settlements[0].sends, 3);
}

TEST(DeliveryMachine, WhatWasNotSentIsNotCounted) {
    DeliveryMachine machine(batch_of(4));
    machine.resume(verdict_of(destination::Isolate{}), 1s, now);

    const Step step = machine.not_sent(1s, now);

    for (const auto& settlement : step.settlements) EXPECT_EQ(settlement.sends, 1);
}

}  // namespace
}  // namespace pinrelay::deliver
