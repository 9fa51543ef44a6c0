#include "metrics/event_account.hpp"

#include <gtest/gtest.h>
#include <prometheus/text_serializer.h>

#include <sstream>

#include "fixtures/metrics_text.hpp"

namespace pinrelay::metrics {
namespace {

using namespace std::chrono_literals;

const Time now{std::chrono::sys_days{std::chrono::year{2024} / 3 / 1} + 12h};

test::MetricsText text_of(const spool::Ledger& ledger, const Dropped& dropped = {}) {
    std::ostringstream out;
    prometheus::TextSerializer().Serialize(out, event_account(ledger, dropped, now));
    return test::MetricsText(out.str());
}

TEST(EventAccount, CountsStoredAndDroppedAsAcceptedInSeriesOfTheirOwn) {
    spool::Ledger ledger;
    ledger.by_label[{"a", "checkout"}] = {.stored = 5, .delivered = 2, .dead_lettered = 0};

    const auto text = text_of(ledger, {{{"a", "consent"}, 3}});

    EXPECT_EQ(text[R"(pinrelay_events_accepted_total{destination="a",event="checkout",outcome="stored"})"], 5);
    EXPECT_EQ(text[R"(pinrelay_events_accepted_total{destination="a",reason="consent",outcome="dropped"})"], 3);
    EXPECT_EQ(text[R"(pinrelay_events_dropped_total{destination="a",reason="consent"})"], 3);
}

TEST(EventAccount, SplitsStoredEventsByTheirFate) {
    spool::Ledger ledger;
    ledger.by_label[{"a", "checkout"}] = {.stored = 10, .delivered = 6, .dead_lettered = 1};
    ledger.by_label[{"a", "search"}] = {.stored = 2, .delivered = 2, .dead_lettered = 0};
    ledger.dead_by_reason[{"a", "too_old"}] = 1;

    const auto text = text_of(ledger);

    EXPECT_EQ(text[R"(pinrelay_events_delivered_total{destination="a",event="checkout"})"], 6);
    EXPECT_EQ(text[R"(pinrelay_events_pending{destination="a",event="checkout"})"], 3);
    EXPECT_EQ(text[R"(pinrelay_events_pending{destination="a",event="search"})"], 0);
    EXPECT_EQ(text[R"(pinrelay_events_dead_lettered_total{destination="a",reason="too_old"})"], 1);
}

TEST(EventAccount, CountsReplayedEventsAsPendingAgain) {
    spool::Ledger ledger;
    ledger.by_label[{"a", "checkout"}] = {.stored = 5, .delivered = 1, .dead_lettered = 4, .replayed = 3};

    const auto text = text_of(ledger);

    EXPECT_EQ(text[R"(pinrelay_events_replayed_total{destination="a",event="checkout"})"], 3);
    EXPECT_EQ(text[R"(pinrelay_events_pending{destination="a",event="checkout"})"], 3);
}

TEST(EventAccount, CountsFoldedCopiesAsDroppedBesideTheOthers) {
    spool::Ledger ledger;
    ledger.by_label[{"a", "checkout"}] = {.stored = 5, .delivered = 5, .folded = 2, .reused = 1};
    ledger.by_label[{"a", "search"}] = {.stored = 1, .delivered = 1, .folded = 4};

    const auto text = text_of(ledger, {{{"a", "consent"}, 3}});

    EXPECT_EQ(text[R"(pinrelay_events_dropped_total{destination="a",reason="duplicate"})"], 6);
    EXPECT_EQ(text[R"(pinrelay_events_dropped_total{destination="a",reason="consent"})"], 3);
    EXPECT_EQ(text[R"(pinrelay_events_accepted_total{destination="a",reason="duplicate",outcome="dropped"})"], 6);
    EXPECT_EQ(text[R"(pinrelay_events_accepted_total{destination="a",event="checkout",outcome="stored"})"], 5);
}

TEST(EventAccount, CountsConflictsAndUnfoldedCopiesByName) {
    spool::Ledger ledger;
    ledger.by_label[{"a", "checkout"}] = {.stored = 5, .delivered = 4, .dead_lettered = 1, .folded = 2, .unfolded = 1};
    ledger.by_label[{"a", "search"}] = {.conflicts = 7};

    const auto text = text_of(ledger);

    EXPECT_EQ(text[R"(pinrelay_events_unfolded_total{destination="a",event="checkout"})"], 1);
    EXPECT_EQ(text[R"(pinrelay_event_id_conflicts_total{destination="a",event="checkout"})"], 0);
    EXPECT_EQ(text[R"(pinrelay_event_id_conflicts_total{destination="a",event="search"})"], 7);
}

TEST(EventWarnings, CountReusedIdsBesideTheOthers) {
    spool::Ledger ledger;
    ledger.by_label[{"a", "checkout"}] = {.stored = 5, .reused = 2};
    ledger.by_label[{"a", "search"}] = {.stored = 5, .reused = 1};
    std::ostringstream out;

    prometheus::TextSerializer().Serialize(out, {event_warnings(ledger, {{{"b", "event_id_derived"}, 7}})});

    const test::MetricsText text(out.str());
    EXPECT_EQ(text[R"(pinrelay_event_warnings_total{destination="a",code="event_id_reused"})"], 3);
    EXPECT_EQ(text[R"(pinrelay_event_warnings_total{destination="b",code="event_id_derived"})"], 7);
}

TEST(EventAccount, GivesTheSizeOfTheDeadLettersAndWhatWasRemoved) {
    spool::Ledger ledger;
    ledger.by_label[{"a", "checkout"}] = {.stored = 3, .dead_lettered = 3};
    ledger.by_label[{"b", "checkout"}] = {.stored = 1};
    ledger.dead_letters["a"] = {2, 1234};
    ledger.removed_letters = {{{"a", "quota"}, 1}, {{"a", "age"}, 4}};
    ledger.dead_letter_max_bytes = 5000;

    const auto text = text_of(ledger);

    EXPECT_EQ(text[R"(pinrelay_dead_letter_bytes{destination="a"})"], 1234);
    EXPECT_EQ(text[R"(pinrelay_dead_letter_bytes{destination="b"})"], 0);
    EXPECT_EQ(text["pinrelay_dead_letter_max_bytes"], 5000);
    EXPECT_EQ(text[R"(pinrelay_dead_letters_removed_total{destination="a",reason="quota"})"], 1);
    EXPECT_EQ(text[R"(pinrelay_dead_letters_removed_total{destination="a",reason="age"})"], 4);
}

TEST(EventAccount, HasTheJournal) {
    spool::Ledger ledger;
    ledger.journal = spool::JournalSize{.entries = 7, .bytes = 700, .left_out = 2, .removed_early = 3, .since = {}};

    const auto text = text_of(ledger);

    EXPECT_EQ(text["pinrelay_journal_entries"], 7);
    EXPECT_EQ(text["pinrelay_journal_bytes"], 700);
    EXPECT_EQ(text["pinrelay_journal_left_out_total"], 2);
    EXPECT_EQ(text["pinrelay_journal_removed_early_total"], 3);
}

TEST(EventAccount, BalancesForEachDestination) {
    spool::Ledger ledger;
    ledger.by_label[{"a", "checkout"}] = {.stored = 10, .delivered = 6, .dead_lettered = 1, .replayed = 1};
    ledger.by_label[{"a", "search"}] = {.stored = 7, .delivered = 2, .dead_lettered = 2, .folded = 9};
    ledger.by_label[{"b", "search"}] = {.stored = 4, .delivered = 4, .dead_lettered = 0};
    ledger.dead_by_reason = {{{"a", "too_old"}, 2}, {{"a", "refused"}, 1}};

    const auto text = text_of(ledger, {{{"a", "consent"}, 3}, {{"b", "consent"}, 8}, {{"c", "unknown_event"}, 1}});

    for (const std::string label : {R"(destination="a")", R"(destination="b")", R"(destination="c")"}) {
        const double fates = text.sum("pinrelay_events_delivered_total", label) +
                             text.sum("pinrelay_events_dead_lettered_total", label) +
                             text.sum("pinrelay_events_dropped_total", label) +
                             text.sum("pinrelay_events_pending", label);
        const double taken =
            text.sum("pinrelay_events_accepted_total", label) + text.sum("pinrelay_events_replayed_total", label);
        EXPECT_EQ(taken, fates) << label;
        EXPECT_GT(fates, 0) << label;
    }
}

TEST(EventAccount, GivesTheAgeOfTheOldestPendingEventByItsOwnTime) {
    spool::Ledger ledger;
    ledger.by_label[{"a", "checkout"}] = {.stored = 1, .delivered = 0, .dead_lettered = 0};
    ledger.oldest_pending["a"] = now - 90'500ms;

    EXPECT_DOUBLE_EQ(text_of(ledger)[R"(pinrelay_oldest_pending_event_age_seconds{destination="a"})"], 90.5);
}

TEST(EventAccount, GivesAnAgeOfZeroWhenNothingIsPending) {
    spool::Ledger ledger;
    ledger.by_label[{"a", "checkout"}] = {.stored = 1, .delivered = 1, .dead_lettered = 0};

    EXPECT_EQ(text_of(ledger)[R"(pinrelay_oldest_pending_event_age_seconds{destination="a"})"], 0);
}

TEST(EventAccount, TakesAnEventFromTheFutureForNew) {
    spool::Ledger ledger;
    ledger.oldest_pending["a"] = now + 5s;

    EXPECT_EQ(text_of(ledger)[R"(pinrelay_oldest_pending_event_age_seconds{destination="a"})"], 0);
}

TEST(EventAccount, TellsWhetherTheSpoolCanBeWritten) {
    spool::Ledger ledger;
    ledger.bytes = 4096;
    ledger.writable = false;

    const auto text = text_of(ledger);

    EXPECT_EQ(text["pinrelay_spool_bytes"], 4096);
    EXPECT_EQ(text["pinrelay_spool_writable"], 0);
    EXPECT_EQ(text_of({})["pinrelay_spool_writable"], 1);
}

TEST(EventAccount, WritesLargeCountsWithAllTheirDigits) {
    spool::Ledger ledger;
    ledger.by_label[{"a", "checkout"}] = {.stored = 123'456'789'012, .delivered = 0, .dead_lettered = 0};

    EXPECT_EQ(text_of(ledger)[R"(pinrelay_events_pending{destination="a",event="checkout"})"], 123'456'789'012.0);
}

}  // namespace
}  // namespace pinrelay::metrics
