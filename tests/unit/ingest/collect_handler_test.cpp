#include "pinrelay/ingest/collect_handler.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "fixtures/counting_metrics.hpp"
#include "fixtures/fake_destination.hpp"
#include "fixtures/gzip.hpp"
#include "fixtures/silent_logger.hpp"

namespace pinrelay::ingest {
namespace {

namespace asio = boost::asio;

// Keeps what is appended and answers when the test says so.
class HeldSpool final : public spool::Spool {
public:
    std::vector<model::Record> records;
    std::vector<Checked> unanswered;
    spool::Duplicates duplicates;  // what each append and each check finds
    std::optional<ErrorCode> answer_at_once = ErrorCode();

    void append(std::vector<spool::Arrival> added, Checked done) override {
        for (auto& [record, subject] : added) records.push_back(std::move(record));
        if (!answer_at_once) return unanswered.push_back(std::move(done));
        done(*answer_at_once ? Result<spool::Duplicates>(*answer_at_once) : Result<spool::Duplicates>(duplicates));
    }
    void check_duplicates(std::vector<spool::Arrival>, Checked checked) override { checked(duplicates); }
    void lease(spool::LeaseRequest, Leased) override {}
    void settle(std::vector<spool::Settlement>, Done) override {}
    void expire(std::string, Time, std::string, std::string, std::size_t, Expired) override {}
    void on_append(std::function<void()>) override {}
    spool::Ledger ledger() const override { return {}; }
    spool::Waiting waiting(const std::string&) const override { return {}; }
    void close() override {}
};

class CollectHandlerTest : public testing::Test {
protected:
    CollectHandlerTest() { configure({}); }

    void configure(CollectSettings settings, ConsentPolicy consent = ConsentPolicy::Respect) {
        handler =
            make_collect_handler(std::move(settings), {{&destination, {}, {}, {}, consent}}, spool, metrics, logger);
    }

    static http::Request post(std::string body, std::string path = "/collect", std::string query = "") {
        http::Request request;
        request.method = "POST";
        request.path = std::move(path);
        request.query = std::move(query);
        request.body = std::move(body);
        request.peer_address = "203.0.113.7";
        request.headers = {{"Host", "shop.example"},
                           {"User-Agent", "Mozilla/5.0 (X11; Linux x86_64)"},
                           {"Origin", "https://shop.example"}};
        return request;
    }

    http::Response send(http::Request request) {
        if (auto refused = handler->refuse(request)) return *refused;
        std::optional<http::Response> response;
        begin(std::move(request), response);
        context.run();
        context.restart();
        return response.value_or(http::Response{});
    }

    void begin(http::Request request, std::optional<http::Response>& response) {
        asio::co_spawn(context, handler->handle(std::move(request)),
                       [&response](std::exception_ptr failure, http::Response answer) {
                           if (failure) std::rethrow_exception(failure);
                           response = std::move(answer);
                       });
    }

    test::FakeDestination destination{"fake"};
    HeldSpool spool;
    test::CountingMetrics metrics;
    test::SilentLogger logger;
    asio::io_context context{1};
    std::unique_ptr<net::Handler> handler;
};

TEST_F(CollectHandlerTest, StoresAnEventAndAnswers204) {
    const auto response = send(post(R"({"event":"purchase","event_id":"e-1"})"));

    EXPECT_EQ(response.status, 204);
    EXPECT_TRUE(response.body.empty());
    ASSERT_EQ(spool.records.size(), 1U);
    EXPECT_EQ(spool.records[0].event_id, "e-1");
}

TEST_F(CollectHandlerTest, AnswersOnlyAfterTheCommit) {
    spool.answer_at_once.reset();
    std::optional<http::Response> response;

    begin(post(R"({"event":"purchase"})"), response);
    context.poll();
    const bool answered_before = response.has_value();
    ASSERT_EQ(spool.unanswered.size(), 1U);
    spool.unanswered[0](spool::Duplicates());
    context.run();

    EXPECT_FALSE(answered_before);
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 204);
}

TEST_F(CollectHandlerTest, AStoreThatCannotTakeItMeans503AndTryAgain) {
    spool.answer_at_once = make_error_code(spool::SpoolErrc::Full);

    const auto response = send(post(R"([{"event":"purchase"},{"event":"dropped"}])"));

    EXPECT_EQ(response.status, 503);
    EXPECT_NE(response.header("Retry-After"), nullptr);
    EXPECT_EQ(metrics["rejected:store_unavailable"], 1U);
    EXPECT_EQ(metrics["dropped:fake:rule_drop"], 0U) << "a refused request has accepted nothing";
}

TEST_F(CollectHandlerTest, WhatCannotBeReadIsA400ThatNamesWhatIsWrong) {
    const auto response = send(post("this is no JSON"));

    EXPECT_EQ(response.status, 400);
    EXPECT_NE(response.body.find(R"({"error":{"code":")"), std::string::npos) << response.body;
    EXPECT_TRUE(spool.records.empty());
}

TEST_F(CollectHandlerTest, AnEmptyListIsNothingReadable) {
    EXPECT_EQ(send(post("[]")).status, 400);
    EXPECT_EQ(metrics["rejected:not_an_event"], 1U);
}

TEST_F(CollectHandlerTest, OneBadMemberCostsNoOther) {
    const auto response = send(post(R"([{"event":"a"},{"no":"event"},{"event":"b"}])"));

    EXPECT_EQ(response.status, 204);
    EXPECT_EQ(spool.records.size(), 2U);
    EXPECT_EQ(metrics["dropped:none:not_an_event"], 1U);
}

TEST_F(CollectHandlerTest, OneBadLineOfATagsBatchCostsNoOther) {
    const auto response =
        send(post("en=page_view\r\ncu=USD\r\nen=purchase&ep.event_id=e-2", "/collect/g/collect", "v=2&tid=G-1"));

    EXPECT_EQ(response.status, 204);
    ASSERT_EQ(spool.records.size(), 2U);
    EXPECT_EQ(spool.records[1].event_id, "e-2");
    EXPECT_EQ(metrics["dropped:none:not_an_event"], 1U);
}

TEST_F(CollectHandlerTest, APixelIsAnsweredByAnImage) {
    auto request = post("", "/collect/g/collect", "v=2&tid=G-1&en=page_view&ep.event_id=e-1");
    request.method = "GET";

    const auto response = send(std::move(request));

    EXPECT_EQ(response.status, 200);
    ASSERT_NE(response.header("Content-Type"), nullptr);
    EXPECT_EQ(*response.header("Content-Type"), "image/gif");
    EXPECT_EQ(spool.records.size(), 1U);
}

TEST_F(CollectHandlerTest, AHitOfUniversalAnalyticsIsAcknowledgedAndCounted) {
    const auto response = send(post("v=1&t=pageview&tid=UA-1-1&cid=1.2"));

    EXPECT_EQ(response.status, 204);
    EXPECT_TRUE(spool.records.empty());
    EXPECT_EQ(metrics["dropped:none:universal_analytics"], 1U);
}

TEST_F(CollectHandlerTest, ADroppedEventIsAcknowledgedAndCounted) {
    const auto response = send(post(R"({"event":"dropped"})"));

    EXPECT_EQ(response.status, 204);
    EXPECT_TRUE(spool.records.empty());
    EXPECT_EQ(metrics["dropped:fake:rule_drop"], 1U);
}

TEST_F(CollectHandlerTest, DeniedConsentStoresNothing) {
    const auto response = send(post(R"({"event":"purchase","consent_state":{"ad_storage":"denied"}})"));

    EXPECT_EQ(response.status, 204);
    EXPECT_TRUE(spool.records.empty());
    EXPECT_EQ(metrics["dropped:fake:consent"], 1U);
}

TEST_F(CollectHandlerTest, UnsetConsentCountsAsDeniedWhereConsentIsRequired) {
    configure({}, ConsentPolicy::Require);

    send(post(R"({"event":"purchase"})"));
    send(post(R"({"event":"purchase","consent_state":{"ad_storage":true}})"));

    EXPECT_EQ(spool.records.size(), 1U);
    EXPECT_EQ(metrics["dropped:fake:consent"], 1U);
}

TEST_F(CollectHandlerTest, DebugExplainsAndSendsNothing) {
    const auto response = send(post(R"([{"event":"purchase"},{"event":"dropped"},{"x":1}])", "/collect", "debug=1"));

    EXPECT_EQ(response.status, 200);
    EXPECT_TRUE(spool.records.empty());
    EXPECT_NE(response.body.find(R"("status":"would_send","sender":{"is":"browser",)"), std::string::npos)
        << response.body;
    EXPECT_NE(response.body.find(R"("status":"dropped","reason":"rule_drop")"), std::string::npos);
    EXPECT_NE(response.body.find(R"("status":"rejected","reason":"not_an_event")"), std::string::npos);
    EXPECT_EQ(metrics["dropped:fake:rule_drop"], 0U);
}

TEST_F(CollectHandlerTest, DebugSaysWhereTheVisitorsDataCameFrom) {
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

TEST_F(CollectHandlerTest, DebugTellsADuplicate) {
    spool.duplicates = {0};

    const auto response = send(post(R"([{"event":"dropped"},{"event":"purchase"}])", "/collect", "debug=1"));

    EXPECT_NE(response.body.find(R"("index":1,"event":"purchase","destination":"fake","status":"duplicate",)"
                                 R"("reason":"duplicate")"),
              std::string::npos)
        << response.body;
}

TEST_F(CollectHandlerTest, DebugNamesThePatternOfABot) {
    const auto response = send(post(R"({"event":"purchase","user_agent":"Googlebot/2.1"})", "/collect", "debug=1"));

    EXPECT_NE(response.body.find(R"(it fits the pattern Googlebot)"), std::string::npos) << response.body;
}

TEST_F(CollectHandlerTest, DebugNamesAProxyThatIsNotTrusted) {
    auto request = post(R"({"event":"purchase"})", "/collect", "debug=1");
    request.peer_address = "172.18.0.3";
    request.headers.emplace_back("X-Forwarded-For", "203.0.113.9");

    const auto response = send(std::move(request));

    EXPECT_NE(response.body.find(R"({"code":"proxy_not_trusted","field":"X-Forwarded-For")"), std::string::npos)
        << response.body;
    EXPECT_EQ(response.body.find("saw_address"), std::string::npos) << "a private address is not the visitor's";
}

TEST_F(CollectHandlerTest, AServerThatWantsJsonIsToldWhatBecameOfEachEvent) {
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

TEST_F(CollectHandlerTest, ManyEventsAreJudgedInTheirOrder) {
    CollectSettings settings;
    settings.decode.events = 1000;
    configure(settings);
    std::string body = "[";
    for (int i = 0; i < 450; ++i)
        body += (i == 0 ? "" : ",") + std::string(R"({"event":"purchase","event_id":"e-)") + std::to_string(i) + "\"}";

    const auto response = send(post(body + "]"));

    EXPECT_EQ(response.status, 204);
    ASSERT_EQ(spool.records.size(), 450U);
    for (std::size_t i = 0; i < spool.records.size(); ++i)
        ASSERT_EQ(spool.records[i].event_id, "e-" + std::to_string(i));
}

TEST_F(CollectHandlerTest, GooglesDebugEndpointIsAnswered) {
    const auto response = send(post(R"({"client_id":"1.2","events":[{"name":"purchase"}]})", "/debug/mp/collect"));

    EXPECT_EQ(response.status, 200);
    EXPECT_NE(response.body.find(R"("validationMessages":[])"), std::string::npos) << response.body;
    EXPECT_TRUE(spool.records.empty());
}

TEST_F(CollectHandlerTest, DebugCanBeSwitchedOff) {
    CollectSettings settings;
    settings.debug = false;
    configure(settings);

    EXPECT_EQ(send(post(R"({"event":"purchase"})", "/collect/debug")).status, 404);
    EXPECT_EQ(send(post(R"({"event":"purchase"})", "/collect", "debug=1")).status, 404);
    EXPECT_TRUE(spool.records.empty()) << "a test must not become a conversion";
}

TEST_F(CollectHandlerTest, RefusesByTheHeaderAlone) {
    auto request = post("{}");

    request.path = "/elsewhere";
    EXPECT_EQ(handler->refuse(request)->status, 404);
    request.path = "/collect";
    request.method = "DELETE";
    EXPECT_EQ(handler->refuse(request)->status, 405);
    request.method = "POST";
    request.headers.emplace_back("Content-Encoding", "br");
    EXPECT_EQ(handler->refuse(request)->status, 415);
    request.headers.back() = {"Content-Type", "multipart/form-data; boundary=x"};
    EXPECT_EQ(handler->refuse(request)->status, 415);
    request.headers.pop_back();
    EXPECT_FALSE(handler->refuse(request).has_value());
}

TEST_F(CollectHandlerTest, TakesAGzipBody) {
    auto request = post(test::gzip(R"({"event":"purchase","event_id":"e-1"})"));
    request.headers.emplace_back("Content-Encoding", "GZIP");

    EXPECT_EQ(send(std::move(request)).status, 204);

    ASSERT_EQ(spool.records.size(), 1U);
    EXPECT_EQ(spool.records[0].event_id, "e-1");
}

TEST_F(CollectHandlerTest, RefusesAGzipBodyThatIsBrokenOrUnpacksToTooMuch) {
    CollectSettings settings;
    settings.max_body_bytes = 1000;
    configure(settings);

    EXPECT_EQ(send(post("\x1f\x8b\x08")).status, 400);
    EXPECT_EQ(send(post(test::gzip(std::string(1001, ' ')))).status, 413);

    EXPECT_EQ(metrics["rejected:broken_gzip"], 1U);
    EXPECT_EQ(metrics["rejected:body_too_large"], 1U);
    EXPECT_TRUE(spool.records.empty());
}

TEST_F(CollectHandlerTest, AnswersAHealthCheckWithoutDetail) {
    auto request = post("", "/healthz");
    request.method = "GET";

    const auto response = send(request);

    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, "ok\n");
}

TEST_F(CollectHandlerTest, EveryAnswerToAListedOriginCanBeReadByItsPage) {
    CollectSettings settings;
    settings.allowed_origins = {"https://shop.example"};
    configure(settings);

    for (const char* body : {R"({"event":"purchase"})", "broken"}) {
        const auto response = send(post(body));
        ASSERT_NE(response.header("Access-Control-Allow-Origin"), nullptr) << body;
        EXPECT_EQ(*response.header("Access-Control-Allow-Origin"), "https://shop.example");
    }
    auto preflight = post("");
    preflight.method = "OPTIONS";
    EXPECT_EQ(send(preflight).status, 204);
}

TEST_F(CollectHandlerTest, AddsTheVisitorsAddressAndAgentOfABrowsersRequest) {
    send(post(R"({"event":"purchase"})"));

    EXPECT_EQ(metrics["warned:fake:saw_address"], 1U);
    EXPECT_EQ(metrics["warned:fake:saw_agent"], 1U);
}

constexpr const char* fake_cookie = "_fake=abc; Max-Age=31536000; Path=/; Secure; SameSite=Lax";

TEST_F(CollectHandlerTest, ABrowserOfTheSiteIsGivenTheCookieWithWhateverAnswerItGets) {
    auto pixel = post("", "/collect", "event=page_view&click_id=abc");
    pixel.method = "GET";

    const auto plain = send(post(R"({"event":"page_view","click_id":"abc"})"));
    const auto image = send(pixel);

    EXPECT_EQ(plain.status, 204);
    EXPECT_EQ(image.status, 200);
    for (const auto& response : {plain, image}) {
        ASSERT_NE(response.header("Set-Cookie"), nullptr);
        EXPECT_EQ(*response.header("Set-Cookie"), fake_cookie);
    }
}

TEST_F(CollectHandlerTest, ASubDomainsPageIsGivenTheCookieWithItsCredentials) {
    CollectSettings settings;
    settings.allowed_origins = {"https://www.shop.example"};
    settings.cookies.domains = {"shop.example"};
    configure(settings);
    auto request = post(R"({"event":"page_view","click_id":"abc"})");
    request.headers = {
        {"Host", "t.shop.example"}, {"User-Agent", "Mozilla/5.0"}, {"Origin", "https://www.shop.example"}};

    const auto response = send(std::move(request));

    ASSERT_NE(response.header("Set-Cookie"), nullptr);
    EXPECT_EQ(*response.header("Set-Cookie"), std::string(fake_cookie) + "; Domain=shop.example");
    ASSERT_NE(response.header("Access-Control-Allow-Credentials"), nullptr);
    EXPECT_EQ(*response.header("Access-Control-Allow-Credentials"), "true");
}

TEST_F(CollectHandlerTest, NoCookieIsGivenToWhomItIsNotFor) {
    auto elsewhere = post(R"({"event":"page_view","click_id":"abc"})");
    elsewhere.headers.back().second = "https://other.example";

    EXPECT_EQ(send(elsewhere).header("Set-Cookie"), nullptr);
    EXPECT_EQ(send(post(R"({"event":"page_view","click_id":"abc","consent_state":{"ad_user_data":"denied"}})"))
                  .header("Set-Cookie"),
              nullptr);
    EXPECT_EQ(send(post(R"({"event":"page_view","click_id":"abc","opt_out":true})")).header("Set-Cookie"), nullptr);
    EXPECT_EQ(send(post(R"({"event":"page_view","click_id":"abc"})", "/collect/debug")).header("Set-Cookie"), nullptr);
    spool.answer_at_once = make_error_code(spool::SpoolErrc::Full);
    EXPECT_EQ(send(post(R"({"event":"page_view","click_id":"abc"})")).header("Set-Cookie"), nullptr);
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

TEST_F(CollectHandlerTest, ANewVisitorsFirstEventAlreadyHasTheId) {
    CollectSettings settings;
    settings.cookies.visitor_id = true;
    configure(settings);

    const auto response = send(post(R"([{"event":"page_view"},{"event":"page_view","user_id":"u-1"}])"));

    ASSERT_NE(response.header("Set-Cookie"), nullptr);
    EXPECT_TRUE(response.header("Set-Cookie")->starts_with("_pinrelay_id="));
    EXPECT_EQ(metrics["warned:fake:saw_external_id"], 2U) << "the new one, and the user's own alone";
}

TEST_F(CollectHandlerTest, NoIdIsMadeForAVisitorWhoOptedOut) {
    CollectSettings settings;
    settings.cookies.visitor_id = true;
    configure(settings);

    const auto response = send(post(R"({"event":"page_view","opt_out":true})"));

    EXPECT_EQ(response.status, 204);
    EXPECT_EQ(response.header("Set-Cookie"), nullptr);
    EXPECT_EQ(metrics["warned:fake:saw_external_id"], 0U);
}

TEST_F(CollectHandlerTest, ABotsEventIsAcknowledgedAndCounted) {
    const std::string body = R"({"event":"purchase","user_agent":"Googlebot/2.1"})";

    const auto explained = send(post(body, "/collect", "debug=1"));
    const auto response = send(post(body));

    EXPECT_NE(explained.body.find(R"("status":"dropped","reason":"bot","field":"user_agent")"), std::string::npos)
        << explained.body;
    EXPECT_EQ(response.status, 204);
    EXPECT_TRUE(spool.records.empty());
    EXPECT_EQ(metrics["dropped:fake:bot"], 1U);
}

TEST_F(CollectHandlerTest, SendsABotsEventWhereThatIsWanted) {
    CollectSettings settings;
    settings.not_people.drop_bots = false;
    configure(settings);

    send(post(R"({"event":"purchase","user_agent":"curl/7.88.1"})"));

    EXPECT_EQ(spool.records.size(), 1U);
}

TEST_F(CollectHandlerTest, AnEventThatNoAccountTakesIsCounted) {
    handler = make_collect_handler({}, {{&destination, {"G-OTHER"}, {}, {}}}, spool, metrics, logger);

    const auto response = send(post(R"({"event":"purchase"})"));

    EXPECT_EQ(response.status, 204);
    EXPECT_EQ(metrics["dropped:none:no_account"], 1U);
}

}  // namespace
}  // namespace pinrelay::ingest
