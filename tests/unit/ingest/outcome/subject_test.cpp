#include "ingest/outcome/subject.hpp"

#include <gtest/gtest.h>

#include <set>

namespace pinrelay::ingest {
namespace {

model::Event browser_event() {
    model::Event event;
    event.ip_address = "203.0.113.7";
    event.user_agent = "Mozilla/5.0 (Macintosh)";
    return event;
}

TEST(SubjectOf, AnOrderIsItsTransactionIdWhoeverSaysIt) {
    model::Event hit = browser_event();
    hit.transaction_id = "ORDER-7";
    hit.client_id = "1.2";
    model::Event json;
    json.transaction_id = " ORDER-7 ";
    json.user_id = "customer";

    EXPECT_EQ(subject_of(hit), subject_of(json));
    EXPECT_NE(subject_of(hit), 0U);
}

TEST(SubjectOf, DiffersBetweenOrdersAndBetweenVisitorsAndBetweenWhatTheyAreKnownBy) {
    std::set<std::uint64_t> subjects;
    for (auto member : {&model::Event::transaction_id, &model::Event::user_id, &model::Event::client_id})
        for (const char* id : {"1", "2"}) {
            model::Event event;
            event.*member = id;
            subjects.insert(subject_of(event));
        }
    subjects.insert(subject_of(browser_event()));

    EXPECT_EQ(subjects.size(), 7U);
}

TEST(SubjectOf, AVisitorIsTheUserBeforeTheClientBeforeTheBrowser) {
    model::Event event = browser_event();
    const auto browser = subject_of(event);
    event.client_id = "1.2";
    const auto client = subject_of(event);
    event.user_id = "customer";
    const auto user = subject_of(event);
    event.ip_address = "203.0.113.8";
    event.client_id = "3.4";

    EXPECT_NE(browser, client);
    EXPECT_NE(client, user);
    EXPECT_EQ(subject_of(event), user);
}

TEST(SubjectOf, IsNotKnownFromAnAddressOrAUserAgentAlone) {
    model::Event address = browser_event();
    address.user_agent.reset();
    model::Event agent = browser_event();
    agent.ip_address.reset();

    EXPECT_EQ(subject_of(address), 0U);
    EXPECT_EQ(subject_of(agent), 0U);
    EXPECT_EQ(subject_of({}), 0U);
}

TEST(SubjectOf, PassesOverWordsForNothing) {
    model::Event event = browser_event();
    event.transaction_id = "undefined";
    event.user_id = "null";
    event.client_id = "";

    EXPECT_EQ(subject_of(event), subject_of(browser_event()));
}

}  // namespace
}  // namespace pinrelay::ingest
