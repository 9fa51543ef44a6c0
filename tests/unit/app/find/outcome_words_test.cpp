#include <gtest/gtest.h>

#include "pinrelay/app/find.hpp"

namespace pinrelay::app {
namespace {

using namespace std::chrono_literals;
using spool::FoundEvent;
using spool::Happened;

constexpr Time arrived{std::chrono::seconds(1'785'000'000)};

FoundEvent accepted() {
    FoundEvent event;
    event.time = arrived;
    event.what = Happened::Accepted;
    event.account = "pinterest:1";
    event.source_name = "purchase";
    event.event_label = "checkout";
    event.record = 5;
    return event;
}

FoundEvent delivered(const std::string& warnings = {}) {
    FoundEvent event = accepted();
    event.outcomes = {{arrived + 3s, Happened::Delivered, warnings}};
    return event;
}

FoundEvent dead(const std::string& reason) {
    FoundEvent event = accepted();
    event.outcomes = {{arrived + 3s, Happened::DeadLetter, reason}};
    return event;
}

TEST(OutcomeWords, OfAnEventThatIsDelivered) {
    EXPECT_EQ(words_of(delivered()).status, "delivered");
    EXPECT_EQ(words_of(delivered()).sentence, "delivered 3s after it arrived");
    EXPECT_EQ(words_of(delivered()).advice, "");
}

TEST(OutcomeWords, HaveTheTimeThatItTook) {
    const auto after = [](Time::duration took) {
        FoundEvent event = delivered();
        event.outcomes[0].time = arrived + took;
        return words_of(event).sentence;
    };

    EXPECT_EQ(after(0s), "delivered within a second");
    EXPECT_EQ(after(-5s), "delivered within a second") << "a clock that was set back";
    EXPECT_EQ(after(119s), "delivered 119s after it arrived");
    EXPECT_EQ(after(120s), "delivered 2m after it arrived");
    EXPECT_EQ(after(119min), "delivered 119m after it arrived");
    EXPECT_EQ(after(26h), "delivered 26h after it arrived");
}

TEST(OutcomeWords, HaveTheWarningsOfTheDestination) {
    const auto words = words_of(delivered("external_id_missing,click_id_missing"));

    EXPECT_EQ(words.sentence, "delivered 3s after it arrived; Pinterest warned: external_id_missing, click_id_missing");
    EXPECT_EQ(words.advice, "send a user id with the event, or switch on cookies.visitor_id");
    EXPECT_EQ(warnings_of(delivered("a,b")), (std::vector<std::string>{"a", "b"}));
    EXPECT_TRUE(warnings_of(dead("refused")).empty());
}

TEST(OutcomeWords, OfAnEventThatWaits) {
    FoundEvent event = accepted();
    event.pending = true;
    EXPECT_EQ(words_of(event).status, "pending");
    EXPECT_EQ(words_of(event).sentence, "waits to be delivered");

    event = dead("refused");
    event.pending = true;
    EXPECT_EQ(words_of(event).sentence, "was replayed and waits to be delivered");
}

TEST(OutcomeWords, OfADeadLetter) {
    const auto words = words_of(dead("refused"));

    EXPECT_EQ(words.status, "dead_letter");
    EXPECT_EQ(words.sentence, "not delivered, a dead letter for refused: the destination's answer refused this event");
    EXPECT_NE(words.advice.find("pinrelay spool replay"), std::string::npos);
    EXPECT_EQ(words_of(dead("of a newer version")).sentence, "not delivered, a dead letter for of a newer version");
}

TEST(OutcomeWords, OfALetterThatWasReplayedAndDelivered) {
    FoundEvent event = dead("refused");
    event.outcomes.push_back({arrived + 3h, Happened::Delivered, ""});

    EXPECT_EQ(words_of(event).sentence, "delivered 3h after it arrived");
}

TEST(OutcomeWords, OfADroppedEvent) {
    FoundEvent event;
    event.what = Happened::Dropped;
    event.reason = "consent";

    EXPECT_EQ(words_of(event).status, "dropped");
    EXPECT_EQ(words_of(event).sentence, "not sent: dropped for consent");
    EXPECT_NE(words_of(event).advice.find("docs/consent.md"), std::string::npos);
}

TEST(OutcomeWords, OfADuplicateTellWhatBecameOfTheFirst) {
    FoundEvent event = delivered();
    event.what = Happened::Duplicate;
    EXPECT_EQ(words_of(event).status, "duplicate");
    EXPECT_EQ(words_of(event).sentence, "a duplicate of an earlier event, and not sent; that one: delivered");

    event.outcomes.clear();
    EXPECT_EQ(words_of(event).sentence, "a duplicate of an earlier event, and not sent");
}

TEST(OutcomeWords, OfAnEventWhoseEndIsNotKnown) {
    EXPECT_EQ(words_of(accepted()).status, "unknown");
    EXPECT_EQ(words_of(FoundEvent()).status, "unknown");
}

TEST(FoundJson, HasEverythingOfAnEvent) {
    spool::FoundEvents found;
    found.events = {delivered("click_id_missing")};
    found.since = arrived - 24h;
    found.entries = 12;

    EXPECT_EQ(found_json({spool::JournalQuestion::By::Order, "4711"}, found, true),
              R"({"events":[{"time":1785000000,"event":"purchase","name":"checkout","account":"pinterest:1",)"
              R"("status":"delivered","warnings":["click_id_missing"],)"
              R"("message":"delivered 3s after it arrived; Pinterest warned: click_id_missing",)"
              R"("advice":"usual for visitors who did not come by an ad of Pinterest",)"
              R"("outcomes":[{"time":1785000003,"status":"delivered","warnings":"click_id_missing"}]}],)"
              R"("more":false,"journal":true,"since":1784913600,"entries":12})");
}

TEST(FoundJson, TellsWhatItCanMeanThatNothingIsFound) {
    const auto json = found_json({spool::JournalQuestion::By::EventId, "x"}, {}, false);

    EXPECT_EQ(json, R"({"events":[],"more":false,"journal":false,"entries":0,)"
                    R"("not_found":["The journal is switched off (journal.keep is 0s), so that nothing is found."]})");
}

}  // namespace
}  // namespace pinrelay::app
