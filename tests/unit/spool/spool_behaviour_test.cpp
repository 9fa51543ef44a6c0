#include <gtest/gtest.h>

#include "fixtures/silent_logger.hpp"
#include "fixtures/spool_records.hpp"
#include "fixtures/temporary_directory.hpp"
#include "pinrelay/spool/memory.hpp"
#include "pinrelay/spool/sqlite.hpp"

// What every spool promises, for each kind of spool.
namespace pinrelay::spool {
namespace {

using namespace std::chrono_literals;
using test::append;
using test::dead;
using test::delivered;
using test::due_at;
using test::event_ids;
using test::expire;
using test::Ids;
using test::lease;
using test::noon;
using test::record;
using test::retry;
using test::settle;

enum class Kind { Memory, Sqlite };

class SpoolBehaviour : public testing::TestWithParam<Kind> {
protected:
    SpoolBehaviour() {
        if (GetParam() == Kind::Memory) {
            auto in_memory = make_memory_spool(clock.clock());
            dead_letters = [&kept = *in_memory] { return kept.dead_letters("", 100); };
            spool = std::move(in_memory);
            return;
        }
        SqliteOptions options;
        options.directory = directory.path();
        spool = open_sqlite_spool(options, clock.clock(), logger);
        dead_letters = [this] { return test::dead_letters(directory.path()); };
    }

    test::TemporaryDirectory directory;
    test::SilentLogger logger;
    test::ManualClock clock;
    std::unique_ptr<Spool> spool;
    std::function<std::vector<DeadLetter>()> dead_letters;  // the newest first
};

TEST_P(SpoolBehaviour, GivesBackWhatWasAppended) {
    Record stored = record("a", noon - 5s);
    stored.source_name = "purchase";
    stored.deduplicated = false;
    stored.body = "{\"text\":\"ü \\u0000 \\\"\"}";

    ASSERT_TRUE(append(*spool, {stored}));
    const auto leased = lease(*spool, due_at(noon));

    ASSERT_TRUE(leased);
    ASSERT_EQ(leased->size(), 1U);
    EXPECT_EQ(leased->front().record, stored);
    EXPECT_EQ(leased->front().accepted, noon);
    EXPECT_EQ(leased->front().attempts, 0);
    EXPECT_FALSE(leased->front().interrupted);
}

TEST_P(SpoolBehaviour, GivesARecordToOneLeaseOnly) {
    append(*spool, {record("a"), record("b")});

    const auto first = lease(*spool, due_at(noon, 1));
    const auto second = lease(*spool, due_at(noon));
    const auto third = lease(*spool, due_at(noon));

    EXPECT_EQ(event_ids(first), Ids({"a"}));
    EXPECT_EQ(event_ids(second), Ids({"b"}));
    EXPECT_TRUE(third->empty());
}

TEST_P(SpoolBehaviour, LeasesFreshRecordsBeforeStaleOnesAndEachOldestFirst) {
    append(*spool, {record("stale younger", noon - 2h), record("fresh younger", noon - 1min),
                    record("stale older", noon - 30h), record("fresh older", noon - 1h)});

    const auto leased = lease(*spool, due_at(noon));

    EXPECT_EQ(event_ids(leased), Ids({"fresh older", "fresh younger", "stale older", "stale younger"}));
}

TEST_P(SpoolBehaviour, KeepsTheOrderOfArrivalAmongEqualTimes) {
    append(*spool, {record("a"), record("b")});
    append(*spool, {record("c")});

    EXPECT_EQ(event_ids(lease(*spool, due_at(noon))), Ids({"a", "b", "c"}));
}

TEST_P(SpoolBehaviour, LeasesOnlyTheDestinationThatIsAskedFor) {
    append(*spool, {record("other", noon, "shop2"), record("mine")});

    EXPECT_EQ(event_ids(lease(*spool, due_at(noon))), Ids({"mine"}));
}

TEST_P(SpoolBehaviour, EndsALeaseBeforeItsBytesAreExceeded) {
    append(*spool, {record("a"), record("b"), record("c")});
    LeaseRequest request = due_at(noon);
    request.max_bytes = record("a").body.size() * 2;

    EXPECT_EQ(event_ids(lease(*spool, request)), Ids({"a", "b"}));
}

TEST_P(SpoolBehaviour, LeasesARecordThatExceedsTheBytesAlone) {
    append(*spool, {record("a"), record("b")});
    LeaseRequest request = due_at(noon);
    request.max_bytes = 1;

    EXPECT_EQ(event_ids(lease(*spool, request)), Ids({"a"}));
    EXPECT_EQ(event_ids(lease(*spool, request)), Ids({"b"}));
}

TEST_P(SpoolBehaviour, HoldsARetriedRecordBackUntilItsTime) {
    append(*spool, {record("a")});
    const auto id = lease(*spool, due_at(noon))->front().id;
    settle(*spool, {retry(id, noon + 10s)});

    const auto early = lease(*spool, due_at(noon + 9s));
    const auto in_time = lease(*spool, due_at(noon + 10s));

    EXPECT_TRUE(early->empty());
    ASSERT_EQ(event_ids(in_time), Ids({"a"}));
    EXPECT_EQ(in_time->front().attempts, 1);
}

TEST_P(SpoolBehaviour, CountsTheRequestsThatCarriedARecord) {
    append(*spool, {record("a")});
    const auto id = lease(*spool, due_at(noon))->front().id;
    settle(*spool, {spool::Settlement::retry(id, noon, 0)});
    const auto unsent = lease(*spool, due_at(noon))->front().attempts;
    settle(*spool, {spool::Settlement::retry(id, noon, 4)});
    const auto sent = lease(*spool, due_at(noon))->front().attempts;

    EXPECT_EQ(unsent, 0);
    EXPECT_EQ(sent, 4);
}

TEST_P(SpoolBehaviour, PutsARetriedRecordBackIntoTheOrderOfEventTimes) {
    append(*spool, {record("older", noon - 2min)});
    settle(*spool, {retry(lease(*spool, due_at(noon))->front().id, noon + 1s)});
    append(*spool, {record("younger", noon - 1min)});

    EXPECT_EQ(event_ids(lease(*spool, due_at(noon + 1s))), Ids({"older", "younger"}));
}

TEST_P(SpoolBehaviour, KeepsADeadLetterWithItsReason) {
    append(*spool, {record("a"), record("b")});
    const auto leased = lease(*spool, due_at(noon));
    clock.now = noon + 3s;

    settle(*spool, {dead(leased->front().id, "refused", "no such item")});
    const auto letters = dead_letters();

    ASSERT_EQ(letters.size(), 1U);
    EXPECT_EQ(letters[0].stored, leased->front());
    EXPECT_EQ(letters[0].reason, "refused");
    EXPECT_EQ(letters[0].message, "no such item");
    EXPECT_EQ(letters[0].died, noon + 3s);
}

TEST_P(SpoolBehaviour, KeepsTheOrderOfDeaths) {
    append(*spool, {record("a"), record("b"), record("c", noon, "shop2")});
    const auto mine = lease(*spool, due_at(noon));
    LeaseRequest other = due_at(noon);
    other.destination = "shop2";
    const auto others = lease(*spool, other);
    for (const auto id : {mine->front().id, others->front().id, mine->back().id}) settle(*spool, {dead(id, "refused")});

    Ids ids;
    for (const auto& letter : dead_letters()) ids.push_back(letter.stored.record.event_id);

    EXPECT_EQ(ids, Ids({"b", "c", "a"}));
}

TEST_P(SpoolBehaviour, CountsEachRecordOnceAtEveryStep) {
    append(*spool, {record("a", noon - 3s), record("b", noon - 2s), record("c", noon - 1s)});
    const auto count = [this] { return spool->ledger().by_label.at({"shop", "checkout"}); };
    const Counts appended = count();
    const auto leased = lease(*spool, due_at(noon));
    const Counts held = count();
    settle(*spool, {delivered((*leased)[0].id), dead((*leased)[1].id, "refused"), retry((*leased)[2].id, noon + 1h)});
    const Counts settled = count();

    EXPECT_EQ(appended, (Counts{3, 0, 0}));
    EXPECT_EQ(held, (Counts{3, 0, 0}));
    EXPECT_EQ(settled, (Counts{3, 1, 1}));
    EXPECT_EQ(spool->ledger().dead_by_reason.at({"shop", "refused"}), 1U);
}

TEST_P(SpoolBehaviour, SettlesRecordsInAnyOrderAndEachOnce) {
    append(*spool, {record("a", noon - 6s), record("b", noon - 5s), record("c", noon - 4s), record("d", noon - 3s),
                    record("e", noon - 2s), record("f", noon - 1s), record("g")});
    const auto leased = lease(*spool, due_at(noon));
    const auto id = [&leased](std::size_t place) { return (*leased)[place].id; };

    settle(*spool, {delivered(id(5)), delivered(id(0)), delivered(id(2)), dead(id(2), "refused"), delivered(id(1)),
                    retry(id(3), noon), delivered(id(6)), delivered(id(6)), delivered(id(3))});

    EXPECT_EQ(spool->ledger().total("shop"), (Counts{7, 6, 0}));
    EXPECT_EQ(spool->waiting("shop"), (Waiting{1, noon - 2s}));
    settle(*spool, {retry(id(4), noon)});
    EXPECT_EQ(event_ids(lease(*spool, due_at(noon))), Ids({"e"}));
}

TEST_P(SpoolBehaviour, SettlesARecordThatNobodyHasLeased) {
    append(*spool, {record("a", noon - 2s), record("b", noon - 1s)});
    const auto of_a = lease(*spool, due_at(noon, 1))->front().id;

    settle(*spool, {retry(of_a, noon), retry(of_a + 1, noon)});
    const auto leased = lease(*spool, due_at(noon));

    ASSERT_EQ(event_ids(leased), Ids({"a", "b"}));
    EXPECT_EQ((*leased)[0].attempts, 1);
    EXPECT_EQ((*leased)[1].attempts, 1);
}

TEST_P(SpoolBehaviour, NamesTheOldestPendingRecordWhetherReadyHeldOrWaiting) {
    append(*spool, {record("a", noon - 3s), record("b", noon - 2s)});
    const auto oldest = [this] { return spool->ledger().oldest_pending; };
    const auto ready = oldest();
    const auto leased = lease(*spool, due_at(noon));
    const auto held = oldest();
    settle(*spool, {retry((*leased)[0].id, noon + 1h)});
    settle(*spool, {delivered((*leased)[1].id)});
    const auto waiting = oldest();
    settle(*spool, {delivered((*leased)[0].id)});

    EXPECT_EQ(ready.at("shop"), noon - 3s);
    EXPECT_EQ(held.at("shop"), noon - 3s);
    EXPECT_EQ(waiting.at("shop"), noon - 3s);
    EXPECT_TRUE(oldest().empty());
}

TEST_P(SpoolBehaviour, SaysHowManyRecordsOfADestinationWaitAndSinceWhen) {
    append(*spool, {record("a", noon - 3s), record("b", noon - 2s), record("other", noon - 9s, "shop2")});
    const auto leased = lease(*spool, due_at(noon));
    const Waiting held = spool->waiting("shop");
    settle(*spool, {delivered((*leased)[0].id), retry((*leased)[1].id, noon + 1h)});
    const Waiting given_back = spool->waiting("shop");
    settle(*spool, {dead((*leased)[1].id, "refused")});

    EXPECT_EQ(held, (Waiting{2, noon - 3s}));
    EXPECT_EQ(given_back, (Waiting{1, noon - 2s}));
    EXPECT_EQ(spool->waiting("shop"), (Waiting{0, std::nullopt}));
    EXPECT_EQ(spool->waiting("shop2"), (Waiting{1, noon - 9s}));
    EXPECT_EQ(spool->waiting("nobody"), Waiting{});
}

TEST_P(SpoolBehaviour, NamesTheNextOldestRecordWhenTheOldestIsDelivered) {
    append(*spool, {record("a", noon - 3s), record("b", noon - 2s)});

    settle(*spool, {delivered(lease(*spool, due_at(noon, 1))->front().id)});

    EXPECT_EQ(spool->ledger().oldest_pending.at("shop"), noon - 2s);
}

TEST_P(SpoolBehaviour, PassesOverASettlementOfWhatIsNotPending) {
    append(*spool, {record("a")});
    const auto id = lease(*spool, due_at(noon))->front().id;
    settle(*spool, {delivered(id)});

    const auto again = settle(*spool, {delivered(id), dead(id, "refused"), retry(id, noon), delivered(4711)});

    EXPECT_TRUE(again);
    EXPECT_EQ(spool->ledger().total(), (Counts{1, 1, 0}));
    EXPECT_TRUE(spool->ledger().dead_by_reason.empty());
}

TEST_P(SpoolBehaviour, GivesARecordWhoseWaitIsLongerThanAnyWaitCanBe) {
    append(*spool, {record("a"), record("b")});
    const auto leased = lease(*spool, due_at(noon));
    settle(*spool, {retry((*leased)[0].id, noon + 60s), retry((*leased)[1].id, noon + 50s)});

    // An hour is taken from the clock.
    spool::LeaseRequest request = due_at(noon - 1h);
    const auto without_a_bound = lease(*spool, request);
    request.longest_wait = 1h + 55s;
    const auto with_one = lease(*spool, request);

    EXPECT_TRUE(without_a_bound->empty());
    EXPECT_EQ(event_ids(with_one), Ids({"a"}));
}

TEST_P(SpoolBehaviour, GivesEveryRecordThatWaitsWhereNoWaitIsAllowed) {
    append(*spool, {record("a"), record("b")});
    const auto leased = lease(*spool, due_at(noon));
    settle(*spool, {retry((*leased)[0].id, noon + 1ms), retry((*leased)[1].id, noon + 24h)});

    spool::LeaseRequest request = due_at(noon);
    request.longest_wait = 0ms;

    EXPECT_EQ(lease(*spool, request)->size(), 2U);
}

TEST_P(SpoolBehaviour, ExpiresTheOldestFirstWhetherTheyAreReadyOrWait) {
    append(*spool, {record("waits", noon - 5h), record("young", noon - 1h)});
    settle(*spool, {retry(lease(*spool, due_at(noon, 2))->back().id, noon + 1h)});
    append(*spool, {record("older", noon - 6h), record("old", noon - 4h), record("just not", noon - 2h)});

    const auto first = expire(*spool, noon - 2h, 2);
    const auto second = expire(*spool, noon - 2h, 2);

    EXPECT_EQ(first.value(), 2U);
    EXPECT_EQ(second.value(), 1U);
    Ids dead;
    for (const auto& letter : dead_letters()) dead.push_back(letter.stored.record.event_id);
    EXPECT_EQ(dead, Ids({"old", "waits", "older"}));  // the newest death first
}

TEST_P(SpoolBehaviour, ExpiresWithReasonMessageAndCounts) {
    append(*spool, {record("a", noon - 8h)});
    clock.now = noon + 3s;

    expire(*spool, noon);

    const auto letters = dead_letters();
    ASSERT_EQ(letters.size(), 1U);
    EXPECT_EQ(letters[0].reason, "too_old");
    EXPECT_EQ(letters[0].message, "too old");
    EXPECT_EQ(letters[0].died, noon + 3s);
    EXPECT_EQ(spool->ledger().total(), (Counts{1, 0, 1}));
    EXPECT_EQ(spool->ledger().dead_by_reason.at({"shop", "too_old"}), 1U);
    EXPECT_TRUE(spool->ledger().oldest_pending.empty());
}

TEST_P(SpoolBehaviour, DoesNotExpireWhatIsHeldOrAnotherDestinations) {
    append(*spool, {record("held", noon - 8h), record("b", noon - 7h), record("other", noon - 8h, "shop2")});
    const auto held = lease(*spool, due_at(noon, 1));

    const auto expired = expire(*spool, noon, 1);
    const auto none = expire(*spool, noon);

    EXPECT_EQ(event_ids(held), Ids({"held"}));
    EXPECT_EQ(expired.value(), 1U);
    EXPECT_EQ(none.value(), 0U);
    EXPECT_EQ(spool->ledger().total("shop2").pending(), 1U);
    EXPECT_TRUE(settle(*spool, {delivered(held->front().id)}));
    EXPECT_EQ(spool->ledger().total("shop"), (Counts{2, 1, 1}));
}

TEST_P(SpoolBehaviour, TellsTheListenerAfterTheCallback) {
    std::promise<Ids> told;
    Ids order;
    spool->on_append([&] {
        order.push_back("listener");
        told.set_value(order);
    });

    spool->append(test::arrivals({record("a")}), [&](const auto&) { order.push_back("done"); });

    EXPECT_EQ(told.get_future().get(), Ids({"done", "listener"}));
}

TEST_P(SpoolBehaviour, AnswersClosedAfterItWasClosed) {
    append(*spool, {record("a")});

    spool->close();
    spool->close();

    EXPECT_EQ(append(*spool, {record("b")}).error(), SpoolErrc::Closed);
    EXPECT_EQ(lease(*spool, due_at(noon)).error(), SpoolErrc::Closed);
    EXPECT_EQ(settle(*spool, {delivered(1)}).error(), SpoolErrc::Closed);
    EXPECT_EQ(expire(*spool, noon).error(), SpoolErrc::Closed);
    EXPECT_EQ(spool->ledger().total(), (Counts{1, 0, 0}));
}

TEST_P(SpoolBehaviour, TakesAnEmptyAppendAndAnEmptySettlement) {
    EXPECT_TRUE(append(*spool, {}));
    EXPECT_TRUE(settle(*spool, {}));
    EXPECT_EQ(spool->ledger().total(), Counts{});
}

INSTANTIATE_TEST_SUITE_P(Kinds, SpoolBehaviour, testing::Values(Kind::Memory, Kind::Sqlite),
                         [](const auto& kind) { return kind.param == Kind::Memory ? "Memory" : "Sqlite"; });

}  // namespace
}  // namespace pinrelay::spool
