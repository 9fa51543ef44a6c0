#include "ingest/dropped_events.hpp"

#include <gtest/gtest.h>

#include "collect_handler_fixture.hpp"

namespace pinrelay::ingest {
namespace {

Outcome dropped(std::string name) {
    Outcome outcome;
    outcome.event_name = std::move(name);
    outcome.result = destination::Drop{"consent", "", ""};
    outcome.sent_id = "id";
    outcome.order_id = "order";
    return outcome;
}

TEST(DroppedEvents, AreThoseThatADropEnded) {
    const test::FakeDestination destination("fake");
    std::vector<Outcome> outcomes = {dropped("purchase"), {}, {}, dropped("sign_up")};
    outcomes[0].destination = &destination;
    outcomes[1].result = model::Record();
    outcomes[2].result = decode::Ignored{"empty"};

    const auto events = dropped_events(outcomes);

    ASSERT_EQ(events.size(), 2U);
    EXPECT_EQ(events[0].account, "fake");
    EXPECT_EQ(events[0].event_name, "purchase");
    EXPECT_EQ(events[0].event_id, "id");
    EXPECT_EQ(events[0].order_id, "order");
    EXPECT_EQ(events[0].reason, "consent");
    EXPECT_EQ(events[1].account, "");
}

TEST(DroppedEvents, HaveNoNameThatCouldBeAPersonsData) {
    for (const char* text : {"jane@shop.example", "+49 30 1234567", "a4930123456789", "9lives", "Jane Doe", ""})
        EXPECT_EQ(dropped_events(std::vector{dropped(text)}).at(0).event_name, "") << text;
}

TEST_F(CollectHandlerTest, TheJournalGetsWhatIsDropped) {
    send(post(R"([{"event":"purchase","event_id":"e-1","transaction_id":" T-1 "},
                  {"event":"dropped","event_id":"e-2","transaction_id":"T-2"}])"));

    EXPECT_EQ(spool.orders, std::vector<std::string>{"T-1"});
    ASSERT_EQ(spool.dropped.size(), 1U);
    EXPECT_EQ(spool.dropped[0].account, "fake");
    EXPECT_EQ(spool.dropped[0].event_id, "e-2");
    EXPECT_EQ(spool.dropped[0].order_id, "T-2");
    EXPECT_EQ(spool.dropped[0].reason, "rule_drop");
}

TEST_F(CollectHandlerTest, AnIdThatIsTooLongIsNotKeptForTheJournal) {
    send(post(R"({"event":"dropped","event_id":")" + std::string(300, 'x') + "\"}"));

    ASSERT_EQ(spool.dropped.size(), 1U);
    EXPECT_EQ(spool.dropped[0].event_id, "");
}

TEST_F(CollectHandlerTest, WithoutAJournalNothingIsGatheredForIt) {
    spool.journal = false;

    send(post(R"({"event":"dropped","event_id":"e-2"})"));

    EXPECT_TRUE(spool.dropped.empty());
}

}  // namespace
}  // namespace pinrelay::ingest
