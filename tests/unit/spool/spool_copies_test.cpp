#include <gtest/gtest.h>

#include "guarded_spool_fixture.hpp"

// A copy that was folded does not die with the first, for each kind of spool.
namespace pinrelay::spool {
namespace {

using namespace std::chrono_literals;
using namespace test;
using model::Trust;

class SpoolCopies : public GuardedSpoolTest {};

TEST_P(SpoolCopies, AreSentWhenTheFirstIsRefused) {
    send(Event());
    send(Event().says("copy"));

    refuse();

    EXPECT_EQ(take(), Said({"copy"}));
    EXPECT_EQ(counts(), (Counts{.stored = 2, .dead_lettered = 1, .folded = 1, .unfolded = 1}));
}

TEST_P(SpoolCopies, AreSentWhenTheFirstIsRefusedWhileTheyCome) {
    send(Event());
    take();
    send(Event().says("copy"));

    settle_taken([](RecordId id) { return dead(id, "request_refused"); });

    EXPECT_EQ(take(), Said({"copy"}));
}

TEST_P(SpoolCopies, TellTheListenerWhenTheyAreSent) {
    send(Event());
    send(Event().says("copy"));
    take();
    int told = 0;
    spool->on_append([&told] { ++told; });

    settle_taken([](RecordId id) { return dead(id, "server_error"); });
    spool->close();

    EXPECT_EQ(told, 1);
}

TEST_P(SpoolCopies, AreRememberedOnceTheyAreSent) {
    send(Event());
    send(Event().says("copy"));
    refuse();

    send(Event().says("copy"));

    EXPECT_EQ(counts(), (Counts{.stored = 2, .dead_lettered = 1, .folded = 2, .unfolded = 1}));
}

TEST_P(SpoolCopies, OfTheVerySameBytesAreNotKept) {
    send(Event());
    send(Event());

    refuse();

    EXPECT_TRUE(take().empty());
    EXPECT_EQ(counts(), (Counts{.stored = 1, .dead_lettered = 1, .folded = 1}));
}

TEST_P(SpoolCopies, AreGoneWithADeliveredOne) {
    send(Event());
    send(Event().says("copy"));

    deliver();

    EXPECT_TRUE(take().empty());
    EXPECT_EQ(counts(), (Counts{.stored = 1, .delivered = 1, .folded = 1}));
}

TEST_P(SpoolCopies, AreTheBestOfAll) {
    send(Event().trusted(Trust::Signed));
    send(Event().trusted(Trust::Anonymous).with_phone().says("anonymous"));
    send(Event().without_email().says("browser's first"));
    send(Event().says("browser's best"));
    send(Event().says("browser's last"));
    send(Event().trusted(Trust::Anonymous).with_phone().says("anonymous again"));

    refuse();

    EXPECT_EQ(take(), Said({"browser's best"}));
}

TEST_P(SpoolCopies, MayBeReplacedByOthersWhenTheyDieToo) {
    send(Event());
    send(Event().says("copy"));
    refuse();
    send(Event().says("another"));

    refuse();

    EXPECT_EQ(take(), Said({"another"}));
    EXPECT_EQ(dead_ones(), Said({"refused: copy", "refused: first"}));
}

TEST_P(SpoolCopies, AreWhatMoreTookThePlaceOf) {
    send(Event());
    send(Event().with_phone().says("with a phone"));
    const Said sent = take();

    settle_taken([](RecordId id) { return dead(id, "refused"); });

    EXPECT_EQ(sent, Said({"with a phone"}));
    EXPECT_EQ(take(), Said({"first"}));
    EXPECT_EQ(counts(), (Counts{.stored = 2, .dead_lettered = 1, .folded = 1, .unfolded = 1}));
}

TEST_P(SpoolCopies, GoToTheOneThatDisplacedTheirFirst) {
    send(Event());
    send(Event().says("copy"));
    send(Event().trusted(Trust::Signed).about(8).says("signed"));
    const Said sent = take();

    settle_taken([](RecordId id) { return dead(id, "refused"); });

    EXPECT_EQ(sent, Said({"signed"}));
    EXPECT_EQ(take(), Said({"copy"}));
    EXPECT_EQ(dead_ones(), Said({"refused: signed", "displaced: first"}));
}

TEST_P(SpoolCopies, OfWhatMayHaveArrivedAreNotSent) {
    send(Event().offline());
    send(Event().offline().says("copy"));

    refuse("ambiguous_offline");

    EXPECT_TRUE(take().empty());
    EXPECT_EQ(counts(), (Counts{.stored = 1, .dead_lettered = 1, .folded = 1}));
}

TEST_P(SpoolCopies, OfWhatWasTooOldAreSentWhereTheyAreNewer) {
    send(Event().at(noon - 8h));
    send(Event().at(noon - 1h).says("newer"));

    const auto expired = expire(*spool, noon - 2h);

    EXPECT_EQ(expired, std::size_t{1});
    EXPECT_EQ(take(), Said({"newer"}));
}

TEST_P(SpoolCopies, OfWhatWasTooOldAreNotSentWhereTheyAreTooOldThemselves) {
    send(Event().at(noon - 8h));
    send(Event().at(noon - 7h).says("too old"));

    const auto expired = expire(*spool, noon - 2h);

    EXPECT_EQ(expired, std::size_t{1}) << "no other is left";
    EXPECT_EQ(expire(*spool, noon - 2h), std::size_t{0});
    EXPECT_TRUE(take().empty());
}

TEST_P(SpoolCopies, KeepTheAccountOfEachLabel) {
    Event lead;
    lead.arrival.record.event_name = lead.arrival.record.event_label = "lead";
    send(lead);
    send(lead.says("copy"));

    refuse();

    EXPECT_EQ(spool->ledger().by_label.at({"shop", "lead"}),
              (Counts{.stored = 2, .dead_lettered = 1, .folded = 1, .unfolded = 1}));
}

INSTANTIATE_TEST_SUITE_P(Kinds, SpoolCopies, testing::Values(Engine::Memory, Engine::Sqlite), name_of_engine);

}  // namespace
}  // namespace pinrelay::spool
