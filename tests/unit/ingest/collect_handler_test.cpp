#include "pinrelay/ingest/collect_handler.hpp"

#include <gtest/gtest.h>

#include "collect_handler_fixture.hpp"
#include "fixtures/gzip.hpp"

namespace pinrelay::ingest {
namespace {

TEST_F(CollectHandlerTest, StoresAnEventAndAnswers204) {
    const auto response = send(post(R"({"event":"purchase","event_id":"e-1"})"));

    EXPECT_EQ(response.status, 204);
    EXPECT_TRUE(response.body.empty());
    ASSERT_EQ(spool.records.size(), 1U);
    EXPECT_EQ(spool.records[0].event_id, "e-1");
}

TEST_F(CollectHandlerTest, CountsWhatAStoredEventCarries) {
    send(post(R"({"event":"page_view","click_id":"abc"})"));
    send(post(R"({"event":"page_view"})"));

    EXPECT_EQ(metrics["quality:fake:page_view:click_id_epik"], 1U);
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

TEST_F(CollectHandlerTest, AClientThatShakesHandsTooOftenIsNotAdmittedAndOthersAre) {
    CollectSettings settings;
    settings.requests_per_client = PerSecond{4};
    settings.trusted_proxies = {"192.0.2.1"};
    configure(settings);
    const auto admits = [&](const char* client) { return handler->admits_handshake(asio::ip::make_address(client)); };

    int admitted = 0;
    while (admitted < 1'000 && admits("203.0.113.7")) ++admitted;

    EXPECT_GE(admitted, 10);
    EXPECT_LT(admitted, 1'000);
    EXPECT_EQ(metrics["rejected:client_rate"], 1U);
    EXPECT_EQ(send(post(R"({"event":"a"})")).status, 429) << "of the same address";
    EXPECT_TRUE(admits("203.0.113.8"));
    for (int i = 0; i < 1'000; ++i) ASSERT_TRUE(admits("192.0.2.1")) << "a proxy speaks for many";
}

TEST_F(CollectHandlerTest, SignsOfLifeAreCountedAndNeverRefused) {
    CollectSettings settings;
    settings.requests_per_client = PerSecond{1};
    configure(settings);
    auto alive = post("", "/healthz");
    alive.method = "GET";
    for (int i = 0; i < 100; ++i) ASSERT_EQ(send(alive).status, 200);

    EXPECT_EQ(send(post(R"({"event":"a"})")).status, 429);
    EXPECT_EQ(send(alive).status, 200);
}

TEST_F(CollectHandlerTest, PreflightsAndUnknownPathsAreCounted) {
    CollectSettings settings;
    settings.requests_per_client = PerSecond{1};
    configure(settings);
    auto preflight = post("");
    preflight.method = "OPTIONS";
    int answered = 0;
    while (answered < 1'000 && send(preflight).status != 429) ++answered;
    EXPECT_LT(answered, 1'000);

    configure(settings);
    for (int i = 0; i < 100; ++i) EXPECT_EQ(send(post("", "/wp-login.php")).status, 404);
    EXPECT_EQ(send(post(R"({"event":"a"})")).status, 429);
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

TEST_F(CollectHandlerTest, RefusesByTheHeaderAlone) {
    auto request = post("{}");

    request.path = "/elsewhere";
    EXPECT_EQ(refuse(request)->status, 404);
    request.path = "/collect";
    request.method = "DELETE";
    EXPECT_EQ(refuse(request)->status, 405);
    request.method = "POST";
    request.headers.emplace_back("Content-Encoding", "br");
    EXPECT_EQ(refuse(request)->status, 415);
    request.headers.back() = {"Content-Type", "multipart/form-data; boundary=x"};
    EXPECT_EQ(refuse(request)->status, 415);
    request.headers.pop_back();
    EXPECT_FALSE(refuse(request).has_value());
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
    CollectSettings settings;
    settings.debug = DebugAnswers::Everybody;
    configure(settings);

    const auto explained = send(post(body, "/collect", "debug=1"));
    const auto response = send(post(body));

    EXPECT_NE(explained.body.find(R"("status":"dropped","reason":"bot","field":"user_agent")"), std::string::npos)
        << explained.body;
    EXPECT_EQ(response.status, 204);
    EXPECT_TRUE(spool.records.empty());
    EXPECT_EQ(metrics["dropped:fake:bot"], 1U);
}

TEST_F(CollectHandlerTest, AnExplanationListsTheKeysThatNobodyRead) {
    CollectSettings settings;
    settings.debug = DebugAnswers::Everybody;
    configure(settings);

    const auto explained = send(post(R"({"event":"purchase","colour":"red","curency":"EUR"})", "/collect", "debug=1"));

    EXPECT_NE(explained.body.find(R"("unused":[{"key":"colour"},{"key":"curency","did_you_mean":"currency"}])"),
              std::string::npos)
        << explained.body;
    EXPECT_NE(explained.body.find(R"("origins":[)"), std::string::npos) << explained.body;
}

TEST_F(CollectHandlerTest, SendsABotsEventWhereThatIsWanted) {
    CollectSettings settings;
    settings.not_people.drop_bots = false;
    configure(settings);

    send(post(R"({"event":"purchase","user_agent":"curl/7.88.1"})"));

    EXPECT_EQ(spool.records.size(), 1U);
}

TEST_F(CollectHandlerTest, AnEventThatNoAccountTakesIsCounted) {
    serve({}, {{&destination, {"G-OTHER"}, {}, {}}});

    const auto response = send(post(R"({"event":"purchase"})"));

    EXPECT_EQ(response.status, 204);
    EXPECT_EQ(metrics["dropped:none:no_account"], 1U);
}

}  // namespace
}  // namespace pinrelay::ingest
