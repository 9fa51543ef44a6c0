#include <gtest/gtest.h>

#include <algorithm>

#include "guarded_spool_fixture.hpp"

// Events of differently trusted senders under one id, for each kind of spool. Nobody's event removes another's.
namespace pinrelay::spool {
namespace {

using namespace std::chrono_literals;
using namespace test;
using model::Trust;

class SpoolTrust : public GuardedSpoolTest {};

Event forged() { return Event().trusted(Trust::Anonymous).about(666).worth(1).without_email().says("forged"); }
Event signed_one() { return Event().trusted(Trust::Signed).says("signed"); }

TEST_P(SpoolTrust, SendsASignedEventInThePlaceOfAForgedOneThatWaits) {
    send(forged());

    send(signed_one());

    EXPECT_EQ(take(), Said({"signed"}));
    EXPECT_EQ(dead_ones(), Said({"displaced: forged"}));
    EXPECT_EQ(counts(), (Counts{.stored = 2, .dead_lettered = 1, .reused = 1, .conflicts = 1}));
}

TEST_P(SpoolTrust, SendsASignedEventThoughAForgedOneWasSent) {
    send(forged());
    deliver();

    send(signed_one());

    EXPECT_EQ(take(), Said({"signed"}));
    EXPECT_EQ(counts(), (Counts{.stored = 2, .delivered = 1, .reused = 1, .conflicts = 1}));
}

TEST_P(SpoolTrust, DisplacesAForgedEventThatComesBackFromAFailedRequest) {
    send(forged());
    take();
    send(signed_one());

    settle_taken([this](RecordId id) { return retry(id, clock.now); });

    EXPECT_EQ(take(), Said({"signed"}));
    EXPECT_EQ(dead_ones(), Said({"displaced: forged"}));
}

TEST_P(SpoolTrust, DisplacesEveryForgedEventThatStillWaits) {
    send(forged());
    send(forged().about(667).says("forged too"));
    send(forged().about(0).worth(2).says("and again"));

    send(signed_one());

    EXPECT_EQ(take(), Said({"signed"}));
    EXPECT_EQ(dead_ones().size(), 3U);
    EXPECT_EQ(counts().pending(), 1U);
}

TEST_P(SpoolTrust, GivesARecordWhereOnlyDisplacedOnesCameFirst) {
    send(forged().at(noon - 2min));
    send(forged().about(667).at(noon - 1min));
    send(signed_one());

    EXPECT_EQ(take(1), Said({"signed"})) << "an empty answer would say that no record is due";
}

TEST_P(SpoolTrust, LosesNoPlaceAndCountsNoDeadLetterWhereTheSignedEventSaysTheSame) {
    send(Event().says("browser"));

    send(signed_one().with_phone());

    EXPECT_EQ(take(), Said({"signed"}));
    EXPECT_EQ(counts(), (Counts{.stored = 1, .folded = 1}));
}

TEST_P(SpoolTrust, FoldsWhateverComesFromALessTrustedSenderWhileTheOtherIsPending) {
    send(signed_one());

    send(forged());
    take();
    send(forged().about(7).with_phone());

    EXPECT_EQ(counts(), (Counts{.stored = 1, .folded = 2, .conflicts = 2}));
    EXPECT_TRUE(take().empty());
}

TEST_P(SpoolTrust, SendsWhatALessTrustedEventAddsOnceTheOtherIsDelivered) {
    send(signed_one());
    deliver();

    send(Event().says("adds nothing"));
    send(Event().with_phone().says("adds a phone"));

    EXPECT_EQ(take(), Said({"adds a phone"}));
    EXPECT_EQ(counts(), (Counts{.stored = 2, .delivered = 1, .folded = 1}));
}

TEST_P(SpoolTrust, SendsEachVersionOfAnEventOnceHoweverOftenTheyCome) {
    const auto senders = {Event().says("shop").trusted(Trust::Signed), Event().with_phone().says("browser"),
                          Event().trusted(Trust::Network).about(8).says("tag server"),
                          Event().trusted(Trust::Anonymous).worth(5).says("stranger")};
    for (const Event& event : senders) {
        send(event);
        deliver();
    }

    for (int again = 0; again < 3; ++again)
        for (const Event& event : senders) send(event);

    EXPECT_TRUE(take().empty());
    EXPECT_EQ(counts().stored, 4U);
    EXPECT_EQ(counts().folded, 12U);
    EXPECT_EQ(counts().conflicts, 2U) << "retries contradict nobody";
}

TEST_P(SpoolTrust, SendsAVersionOnceMoreThatDied) {
    send(Event());
    send(Event().worth(1).says("second"));
    send(Event().worth(2).says("third"));
    ASSERT_EQ(take(), Said({"first", "second", "third"}));
    ASSERT_TRUE(settle(*spool, {delivered(taken[0].id), dead(taken[1].id, "refused"), dead(taken[2].id, "refused")}));

    send(Event().worth(2).says("third"));
    send(Event().says("first"));
    send(Event().worth(1).says("second"));

    EXPECT_EQ(take(), Said({"third", "second"}));
}

TEST_P(SpoolTrust, KnowsOtherOfflineEventsThoughTheFirstDied) {
    send(Event().offline());
    send(Event().offline().about(8).says("another order"));
    take();
    ASSERT_TRUE(settle(*spool, {dead(taken[0].id, "refused"), delivered(taken[1].id)}));

    send(Event().offline().about(8).says("another order"));
    send(Event().offline());

    EXPECT_EQ(take(), Said({"first"})) << "the other one would be counted twice";
}

TEST_P(SpoolTrust, KnowsWhatWasSentBesideADisplacedEvent) {
    send(Event());
    send(Event().about(8).says("another order"));
    take();
    ASSERT_TRUE(settle(*spool, {retry(taken[0].id, clock.now), delivered(taken[1].id)}));
    send(signed_one().about(9));
    deliver();

    send(Event().about(8).says("another order"));

    EXPECT_TRUE(take().empty());
}

TEST_P(SpoolTrust, KeepsTrustedEventsInMindWhenAnonymousOnesFloodIt) {
    open({.window = 48h, .max_keys = 100});
    send(signed_one());
    deliver();

    for (int i = 0; i < 500; ++i) append(*spool, {record("flood " + std::to_string(i))});
    send(signed_one());

    EXPECT_EQ(counts(), (Counts{.stored = 501, .delivered = 1, .folded = 1}));
}

// What a stranger sends first, then the true purchase: from the server, and from a browser that is trusted no more.
TEST_P(SpoolTrust, SendsTheTruePurchaseWhateverAStrangerSentBefore) {
    const Event strangers[] = {
        Event().about(7).worth(1).without_email(),   // the same order
        Event().about(0).worth(0),                   // nobody's
        Event().about(7).worth(79).without_email(),  // right but for the person
        Event().about(666).worth(79).with_phone(),   // another order
        Event().about(7).worth(79).at(noon - 7 * 24h).without_email(),
    };
    for (const Trust trust : {Trust::Anonymous, Trust::Signed})
        for (const bool sent : {false, true})
            for (Event stranger : strangers) {
                open({.window = 48h});
                const std::string id = std::to_string(counts().stored);
                const auto with_id = [&id](Event event) {
                    event.arrival.record.event_id = id;
                    return event;
                };
                send(with_id(stranger.trusted(Trust::Anonymous).says("stranger")));
                if (sent) deliver();

                send(with_id(Event().trusted(trust).says("true")));

                const Said said = take();
                EXPECT_EQ(std::ranges::count(said, "true"), 1) << id;
                settle_taken(delivered);
            }
}

INSTANTIATE_TEST_SUITE_P(Kinds, SpoolTrust, testing::Values(Engine::Memory, Engine::Sqlite), name_of_engine);

}  // namespace
}  // namespace pinrelay::spool
