#include <gtest/gtest.h>

#include "guarded_spool_fixture.hpp"

// What every spool does with copies, for each kind of spool.
namespace pinrelay::spool {
namespace {

using namespace std::chrono_literals;
using namespace test;

Arrival about(std::uint64_t subject, const std::string& id = "a") { return {record(id), subject}; }

class SpoolDuplicates : public GuardedSpoolTest {};

TEST_P(SpoolDuplicates, FoldsACopyAndTakesItAllTheSame) {
    append_arrivals(*spool, {about(7)});

    const auto answer = append_arrivals(*spool, {about(7)});

    EXPECT_TRUE(answer);
    EXPECT_EQ(counts(), (Counts{.stored = 1, .folded = 1}));
    EXPECT_EQ(event_ids(lease(*spool, due_at(noon))), Ids({"a"}));
}

TEST_P(SpoolDuplicates, FoldsCopiesOfOneAppendAndKeepsTheirSiblings) {
    append_arrivals(*spool, {about(7), about(7), about(7, "b")});

    EXPECT_EQ(counts(), (Counts{.stored = 2, .folded = 1}));
    EXPECT_EQ(event_ids(lease(*spool, due_at(noon))), Ids({"a", "b"}));
}

TEST_P(SpoolDuplicates, FoldsACopyWhoseOriginalIsDelivered) {
    append_arrivals(*spool, {about(7)});
    settle(*spool, {delivered(lease(*spool, due_at(noon))->front().id)});

    append_arrivals(*spool, {about(7)});

    EXPECT_EQ(counts(), (Counts{.stored = 1, .delivered = 1, .folded = 1}));
    EXPECT_TRUE(lease(*spool, due_at(noon))->empty());
}

TEST_P(SpoolDuplicates, StoresWhereOnlyOneSubjectIsKnown) {
    append_arrivals(*spool, {about(0), about(7, "b")});

    append_arrivals(*spool, {about(7), about(0, "b")});

    EXPECT_EQ(counts(), (Counts{.stored = 4}));
}

TEST_P(SpoolDuplicates, FoldsAPlainRetryOfWhateverWasSentLast) {
    const Event events[] = {Event(), Event().about(0), Event().about(8), Event().worth(1),
                            Event().with_phone().worth(2)};
    for (const Event& event : events) {
        const Counts before = counts();
        send(event);
        const Counts once = counts();

        send(event);
        deliver();
        send(event);

        EXPECT_EQ(once.stored, before.stored + 1);
        EXPECT_EQ(counts().stored, once.stored);
        EXPECT_EQ(counts().folded, once.folded + 2);
        EXPECT_EQ(counts().conflicts, once.conflicts) << "it is counted once";
    }
}

TEST_P(SpoolDuplicates, FoldsThePlainRetriesOfTwoSendersOfOneEvent) {
    const Event browser = Event().without_email();
    const Event server = Event().trusted(model::Trust::Key).worth(80).about(8);
    send(browser);
    deliver();
    send(server);
    deliver();

    for (int i = 0; i < 3; ++i) {
        send(browser);
        send(server);
    }

    EXPECT_EQ(counts().stored, 2U);
    EXPECT_EQ(counts().folded, 6U);
}

TEST_P(SpoolDuplicates, SendsTheMoreCompleteOfTwoThatWait) {
    send(Event().without_email().says("browser"));

    send(Event().says("with an e-mail"));
    send(Event().without_email().says("browser"));

    EXPECT_EQ(take(), Said({"with an e-mail"}));
    EXPECT_EQ(counts(), (Counts{.stored = 1, .folded = 2}));
}

TEST_P(SpoolDuplicates, KeepsWhatTheRecordHasBehindItWhenItsPlaceIsTaken) {
    send(Event().without_email());
    take();
    settle_taken([this](RecordId id) { return retry(id, clock.now + 1min); });
    clock.now += 1s;

    send(Event().at(noon - 1s).says("with an e-mail"));

    EXPECT_TRUE(take().empty()) << "it waits as long as the first";
    clock.now += 1min;
    EXPECT_EQ(take(), Said({"with an e-mail"}));
    EXPECT_EQ(taken.front().attempts, 1);
    EXPECT_EQ(taken.front().accepted, noon);
    EXPECT_EQ(taken.front().record.event_time, noon - 1s);
}

TEST_P(SpoolDuplicates, SendsBothOnceTheFirstIsOnItsWay) {
    send(Event().without_email().says("browser"));
    take();

    send(Event().says("with an e-mail"));

    EXPECT_EQ(take(), Said({"with an e-mail"}));
    EXPECT_EQ(counts(), (Counts{.stored = 2}));
}

TEST_P(SpoolDuplicates, CountsAConflictUnderItsLabel) {
    send(Event());

    send(Event().worth(1));

    EXPECT_EQ(spool->ledger().by_label.at({"shop", "checkout"}), (Counts{.stored = 2, .conflicts = 1}));
}

TEST_P(SpoolDuplicates, NeverSendsAnOfflineEventTwice) {
    send(Event().offline());

    send(Event().offline().with_phone().says("takes the place"));
    const Said sent = take();
    send(Event().offline().worth(1));
    settle_taken(delivered);
    send(Event().offline().about(0).worth(2));

    EXPECT_EQ(sent, Said({"takes the place"}));
    EXPECT_TRUE(take().empty());
    EXPECT_EQ(counts(), (Counts{.stored = 1, .delivered = 1, .folded = 3, .conflicts = 2}));
}

TEST_P(SpoolDuplicates, AreForeseen) {
    send(Event().trusted(model::Trust::Key));
    const std::vector<Arrival> arrivals = {
        Event().arrival, Event().trusted(model::Trust::Signed).arrival, about(5, "b"), about(5, "b"), about(6, "b"),
    };

    const auto foreseen = check_duplicates(*spool, arrivals);
    const auto found = append_arrivals(*spool, arrivals);

    EXPECT_EQ(*foreseen, Duplicates({0, 1, 3}));
    EXPECT_EQ(*found, *foreseen);
}

TEST_P(SpoolDuplicates, StoresAnotherEventUnderTheSameIdAndCountsIt) {
    append_arrivals(*spool, {about(7)});

    append_arrivals(*spool, {about(8), about(9)});

    EXPECT_EQ(counts(), (Counts{.stored = 3, .reused = 2}));
    EXPECT_EQ(event_ids(lease(*spool, due_at(noon))), Ids({"a", "a", "a"}));
}

TEST_P(SpoolDuplicates, TellsDestinationsAndNamesApart) {
    Arrival other_name = about(7);
    other_name.record.event_name = "lead";
    Arrival other_shop = about(7);
    other_shop.record.destination = "shop2";

    append_arrivals(*spool, {about(7), other_name, other_shop});

    EXPECT_EQ(counts(), (Counts{.stored = 3}));
}

TEST_P(SpoolDuplicates, CountsACopyUnderItsLabel) {
    Arrival lead = about(7, "b");
    lead.record.event_name = lead.record.event_label = "lead";

    append_arrivals(*spool, {about(7), lead, lead});

    EXPECT_EQ(spool->ledger().by_label.at({"shop", "checkout"}), (Counts{.stored = 1}));
    EXPECT_EQ(spool->ledger().by_label.at({"shop", "lead"}), (Counts{.stored = 1, .folded = 1}));
}

TEST_P(SpoolDuplicates, StoresItAgainWhenTheWindowIsOver) {
    append_arrivals(*spool, {about(7)});
    clock.now = noon + 48h;
    append_arrivals(*spool, {about(7)});
    const Counts within = counts();
    clock.now = noon + 54h;

    append_arrivals(*spool, {about(7)});

    EXPECT_EQ(within, (Counts{.stored = 1, .folded = 1}));
    EXPECT_EQ(counts(), (Counts{.stored = 2, .folded = 1}));
}

TEST_P(SpoolDuplicates, TakesADeadEventAgain) {
    append_arrivals(*spool, {about(7)});
    settle(*spool, {dead(lease(*spool, due_at(noon))->front().id, "refused")});

    append_arrivals(*spool, {about(7)});

    EXPECT_EQ(counts(), (Counts{.stored = 2, .dead_lettered = 1}));
    EXPECT_EQ(event_ids(lease(*spool, due_at(noon))), Ids({"a"}));
}

TEST_P(SpoolDuplicates, TakesAnExpiredEventAgain) {
    append(*spool, {record("a", noon - 8h)});
    test::expire(*spool, noon);

    append(*spool, {record("a", noon - 8h)});

    EXPECT_EQ(counts(), (Counts{.stored = 2, .dead_lettered = 1}));
}

TEST_P(SpoolDuplicates, TellsTheListenerOfWhatIsStoredOnly) {
    int told = 0;
    spool->on_append([&told] { ++told; });

    append_arrivals(*spool, {about(7)});
    append_arrivals(*spool, {about(7)});
    spool->close();

    EXPECT_EQ(told, 1);
}

TEST_P(SpoolDuplicates, FoldsNothingWithoutAWindow) {
    open({});

    append_arrivals(*spool, {about(7), about(7)});
    append_arrivals(*spool, {about(7)});

    EXPECT_EQ(counts(), (Counts{.stored = 3}));
}

INSTANTIATE_TEST_SUITE_P(Kinds, SpoolDuplicates, testing::Values(Engine::Memory, Engine::Sqlite), name_of_engine);

}  // namespace
}  // namespace pinrelay::spool
