// What senders are told: debug answers, and the JSON for servers.
#include <gtest/gtest.h>

#include "collect_handler_fixture.hpp"

namespace pinrelay::ingest {
namespace {

// Everybody's debug requests are answered. The address of the sender is one of the account's networks.
class ExplainTest : public CollectHandlerTest {
protected:
    ExplainTest() {
        CollectSettings settings;
        settings.debug = DebugAnswers::Everybody;
        configure(settings, ConsentPolicy::Respect, {{}, {"203.0.113.7", "172.18.0.3"}, {}, {}});
    }
};

TEST_F(ExplainTest, DebugExplainsAndSendsNothing) {
    const auto response = send(post(R"([{"event":"purchase"},{"event":"dropped"},{"x":1}])", "/collect", "debug=1"));

    EXPECT_EQ(response.status, 200);
    EXPECT_TRUE(spool.records.empty());
    EXPECT_NE(response.body.find(R"("status":"would_send","form":"batch",)"), std::string::npos) << response.body;
    EXPECT_NE(response.body.find(R"("status":"dropped","reason":"rule_drop")"), std::string::npos);
    EXPECT_NE(response.body.find(R"("status":"rejected","reason":"not_an_event")"), std::string::npos);
    EXPECT_EQ(metrics["dropped:fake:rule_drop"], 0U);
}

TEST_F(ExplainTest, DebugSaysWhereTheVisitorsDataCameFrom) {
    const auto browser = send(post(R"({"event":"purchase"})", "/collect", "debug=1"));
    const auto server = send(post(R"({"event":"purchase","ip_override":"203.0.113.8","user_agent":"Mozilla/5.0 X11"})",
                                  "/collect", "debug=1"));

    EXPECT_NE(browser.body.find(R"("address":"203.0.113.7","address_from":"the connection",)"
                                R"("user_agent_from":"the header User-Agent")"),
              std::string::npos)
        << browser.body;
    EXPECT_NE(server.body.find(R"("address":"203.0.113.8","address_from":"the event","user_agent_from":"the event")"),
              std::string::npos)
        << server.body;
}

TEST_F(ExplainTest, DebugTellsADuplicate) {
    spool.duplicates = {0};

    const auto response = send(post(R"([{"event":"dropped"},{"event":"purchase"}])", "/collect", "debug=1"));

    EXPECT_NE(response.body.find(R"("index":1,"event":"purchase","destination":"fake","status":"duplicate",)"
                                 R"("reason":"duplicate")"),
              std::string::npos)
        << response.body;
}

TEST_F(ExplainTest, DebugNamesThePatternOfABot) {
    const auto response = send(post(R"({"event":"purchase","user_agent":"Googlebot/2.1"})", "/collect", "debug=1"));

    EXPECT_NE(response.body.find(R"(it fits the pattern Googlebot)"), std::string::npos) << response.body;
}

TEST_F(ExplainTest, DebugNamesAProxyThatIsNotTrusted) {
    auto request = post(R"({"event":"purchase"})", "/collect", "debug=1");
    request.peer_address = "172.18.0.3";
    request.headers.emplace_back("X-Forwarded-For", "203.0.113.9");

    const auto response = send(std::move(request));

    EXPECT_NE(response.body.find(R"({"code":"proxy_not_trusted","field":"X-Forwarded-For")"), std::string::npos)
        << response.body;
    EXPECT_EQ(response.body.find("saw_address"), std::string::npos) << "a private address is not the visitor's";
}

TEST_F(ExplainTest, AServerThatWantsJsonIsToldWhatBecameOfEachEvent) {
    spool.duplicates = {1};
    auto request = post(
        R"([{"event":"purchase","event_id":"e-1"},{"event":"purchase","event_id":"e-2"},{"event":"dropped"},{"x":1}])");
    request.headers = {{"Accept", "application/json"}, {"User-Agent", "axios/1.7"}};

    const auto response = send(std::move(request));

    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body,
              R"({"cookies":[],"events":[)"
              R"({"index":0,"event":"purchase","destination":"fake","event_id":"e-1","status":"sent","warnings":[]},)"
              R"({"index":1,"event":"purchase","destination":"fake","event_id":"e-2","status":"duplicate",)"
              R"("reason":"duplicate","field":"event_id","message":"an event of this name with the same id, about the )"
              R"(same order or visitor, was taken before","warnings":[]},)"
              R"({"index":2,"event":"dropped","destination":"fake","status":"dropped","reason":"rule_drop",)"
              R"("field":"event_name","message":"dropped by rule","warnings":[]},)"
              R"({"index":3,"status":"rejected","reason":"not_an_event","field":"/3",)"
              R"("message":"no event name: event_name, event or an ecommerce action","warnings":[]}]})");
}

TEST_F(ExplainTest, ThousandsOfWrongEventsGetNoAnswerOfManyTimesTheirSize) {
    std::string body = R"([{"event":"purchase","ip_override":"203.0.113.8"})";
    for (int i = 1; i < 5'000; ++i) body += R"(,{"event":7})";
    auto request = post(body + ']');
    request.headers = {{"Host", "shop.example"}, {"Accept", "application/json"}};

    const auto response = send(request);

    EXPECT_EQ(response.status, 200);
    EXPECT_NE(response.body.find(R"({"index":4999,"status":"rejected","reason":"wrong_type")"), std::string::npos)
        << "each member has its entry";
    const auto last_message = response.body.rfind(R"("message":)");
    EXPECT_NE(last_message, std::string::npos);
    EXPECT_GT(response.body.size() - last_message, 1'000U) << "the messages end before the entries do";
}

TEST_F(ExplainTest, GooglesDebugEndpointIsAnswered) {
    const auto response = send(post(R"({"client_id":"1.2","events":[{"name":"purchase"}]})", "/debug/mp/collect"));

    EXPECT_EQ(response.status, 200);
    EXPECT_NE(response.body.find(R"("validationMessages":[])"), std::string::npos) << response.body;
    EXPECT_TRUE(spool.records.empty());
}

TEST_F(CollectHandlerTest, DebugCanBeSwitchedOff) {
    CollectSettings settings;
    settings.debug = DebugAnswers::Nobody;
    configure(settings);

    EXPECT_EQ(send(post(R"({"event":"purchase"})", "/collect/debug")).status, 403);
    EXPECT_EQ(send(post(R"({"event":"purchase"})", "/collect", "debug=1")).status, 403);
    EXPECT_TRUE(spool.records.empty()) << "a test must not become a conversion";
}

TEST_F(CollectHandlerTest, AServerThatAsksForJsonIsToldTheCookies) {
    auto request = post(R"({"event_name":"page_view","click_id":"abc","ip_override":"203.0.113.9"})");
    request.headers = {{"Host", "shop.example"}, {"Accept", "application/json"}};
    auto plain = request;
    plain.headers.pop_back();

    const auto told = send(request);
    const auto untold = send(plain);

    EXPECT_EQ(told.status, 200);
    EXPECT_EQ(told.header("Set-Cookie"), nullptr);
    EXPECT_EQ(told.body.find(R"({"cookies":[{"name":"_fake","value":"abc","max_age":31536000,"path":"/",)"
                             R"("same_site":"Lax","secure":true}],"events":[{"index":0,"event":"page_view",)"),
              0U)
        << told.body;
    EXPECT_EQ(untold.status, 204);
    EXPECT_EQ(untold.header("Set-Cookie"), nullptr);
}

}  // namespace
}  // namespace pinrelay::ingest
