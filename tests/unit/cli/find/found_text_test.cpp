#include <gtest/gtest.h>

#include "cli/find/command.hpp"

namespace pinrelay::cli {
namespace {

using namespace std::chrono_literals;
using spool::FoundEvent;
using spool::Happened;
using By = spool::JournalQuestion::By;

constexpr Time morning{std::chrono::seconds(1'785'000'000)};

spool::FoundEvents two_events() {
    FoundEvent dropped;
    dropped.time = morning + 1min;
    dropped.what = Happened::Dropped;
    dropped.source_name = "purchase";
    dropped.account = "pinterest:549755885175";
    dropped.reason = "consent";
    FoundEvent sent;
    sent.time = morning;
    sent.what = Happened::Accepted;
    sent.source_name = "purchase";
    sent.event_label = "checkout";
    sent.account = "pinterest:549755885175";
    sent.outcomes = {{morning + 2s, Happened::Delivered, ""}};
    return {{dropped, sent}, false, morning - 1h, 1234};
}

TEST(FoundText, OfAnIdHasEachEventWithAdvice) {
    EXPECT_EQ(found_text({By::Order, "4711"}, two_events(), true),
              "2026-07-25T17:21:00Z  purchase  pinterest:549755885175\n"
              "  not sent: dropped for consent\n"
              "  what to do: the account's mapping.consent decides: docs/consent.md\n"
              "2026-07-25T17:20:00Z  purchase as checkout  pinterest:549755885175\n"
              "  delivered 2s after it arrived\n");
}

TEST(FoundText, OfTheLastEventsIsATable) {
    EXPECT_EQ(found_text({By::Last}, two_events(), true),
              "  time                  event                 account                 outcome\n"
              "  2026-07-25T17:21:00Z  purchase              pinterest:549755885175  not sent: dropped for consent\n"
              "  2026-07-25T17:20:00Z  purchase as checkout  pinterest:549755885175  delivered 2s after it arrived\n"
              "The journal has 1234 events since 2026-07-25T16:20:00Z.\n");
}

TEST(FoundText, TellsSinceWhenTheJournalIsAndWhatItCanMeanThatNothingIsFound) {
    EXPECT_EQ(
        found_text({By::EventId, "x\x1b"}, {{}, false, morning, 1}, true),
        "No event with the id \"x?\" is found.\n"
        "The journal has 1 event since 2026-07-25T17:20:00Z.\n"
        "What it can mean:\n"
        "  - The event came before the journal begins, or it has not arrived: look at the sender and at the log.\n"
        "  - The id was written otherwise: capital and small letters differ.\n"
        "  - The request was refused or could not be read: then it has no id, and the log has the reason.\n"
        "  - Another relay took it: each has a store of its own.\n"
        "  - The event had no event_id: a purchase then has its transaction id, another event a digest.\n");
}

TEST(FoundText, TellsThatTheJournalIsSwitchedOff) {
    EXPECT_EQ(found_text({By::Order, "4711"}, {}, false),
              "No event of the order \"4711\" is found.\n"
              "The journal is empty.\n"
              "What it can mean:\n"
              "  - The journal is switched off (journal.keep is 0s), so that nothing is found.\n");
}

}  // namespace
}  // namespace pinrelay::cli
