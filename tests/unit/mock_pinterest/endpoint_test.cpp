// The endpoint as a client meets it, over plain HTTP.
#include <gtest/gtest.h>

#include <ostream>

#include "loopback_client.hpp"
#include "mock_pinterest/mock_pinterest.hpp"
#include "sample_events.hpp"

namespace pinrelay::mock {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using test::Answer;
using test::End;
using test::event;
using test::json;
using test::LoopbackClient;
using test::post;
using test::Post;

Options plain_http() {
    Options options;
    options.tls = std::nullopt;
    return options;
}

json parsed(const Answer& answer) { return json::parse(answer.body, nullptr, false); }

Post good_post(std::size_t events = 1) { return {.body = test::body_with(events).dump()}; }

TEST(Endpoint, AnswersEachEventInOrder) {
    MockPinterest pinterest(plain_http());
    json old = event("old");
    old["event_time"] = 1;
    json unknown = event("unknown");
    unknown["event_name"] = "loyalty_joined";

    const Answer answer = post(pinterest.port(), {.body = test::body_of({event(), old, unknown}).dump()});

    EXPECT_EQ(answer.status, 200);
    const json body = parsed(answer);
    EXPECT_EQ(body["num_events_received"], 3);
    EXPECT_EQ(body["num_events_processed"], 2);
    EXPECT_EQ(body["events"][0], json({{"status", "processed"}, {"error_message", ""}, {"warning_message", ""}}));
    EXPECT_EQ(body["events"][1]["status"], "failed");
    EXPECT_EQ(body["events"][2]["status"], "processed");
    EXPECT_NE(body["events"][2]["warning_message"], "");
}

TEST(Endpoint, RecordsTheEventsOfTheLastDataWhereTheKeyCameTwice) {
    MockPinterest pinterest(plain_http());
    const std::string body = "{\"data\":[" + event("first").dump() + "],\"data\":[" + event("last").dump() + "]}";

    const Answer answer = post(pinterest.port(), {.body = body});

    EXPECT_EQ(answer.status, 200);
    ASSERT_EQ(pinterest.events().size(), 1U);
    EXPECT_EQ(json::parse(pinterest.events()[0].json)["event_id"], "last");
}

TEST(Endpoint, SendsRateLimitAndRequestIdWithEveryAnswer) {
    MockPinterest pinterest(plain_http());

    const Answer good = post(pinterest.port(), good_post());
    const Answer bad = post(pinterest.port(), {.body = "{"});

    for (const Answer& answer : {good, bad}) {
        EXPECT_EQ(answer.field("X-RateLimit-Limit"), "120000, 120000;w=60;name=\"ads_conversions_ad_account_id\"");
        EXPECT_LE(std::stoi(answer.field("X-RateLimit-Reset")), 60);
        EXPECT_FALSE(answer.field("x-pinterest-rid").empty());
    }
    EXPECT_EQ(good.field("X-RateLimit-Remaining"), "119999");
    EXPECT_EQ(bad.field("X-RateLimit-Remaining"), "119998");
}

struct Refused {
    const char* name;
    Post request;
    int status;
    int code;
    const char* message;
};
void PrintTo(const Refused& row, std::ostream* out) { *out << row.name; }
class RefusedRequest : public testing::TestWithParam<Refused> {};

TEST_P(RefusedRequest, IsAnsweredWithCodeAndMessageAndRecordsNothing) {
    Options options = plain_http();
    options.tokens = {"a-token"};
    options.accounts = {{"549755813888", {}}, {"42", "own-token"}};
    MockPinterest pinterest(options);

    const Answer answer = post(pinterest.port(), GetParam().request);

    EXPECT_EQ(answer.status, GetParam().status);
    EXPECT_EQ(parsed(answer)["code"], GetParam().code);
    const auto message = parsed(answer)["message"].get<std::string>();
    EXPECT_NE(message.find(GetParam().message), std::string::npos) << message;
    ASSERT_EQ(pinterest.requests().size(), 1U);
    EXPECT_EQ(pinterest.requests()[0].status, GetParam().status);
    EXPECT_FALSE(pinterest.requests()[0].accepted);
    EXPECT_EQ(pinterest.summary().events, 0U);
}

const std::string good_body = test::body_with(1).dump();

INSTANTIATE_TEST_SUITE_P(
    Mock, RefusedRequest,
    testing::Values(
        Refused{"no token", {.body = good_body, .token = ""}, 401, 2, "Authentication failed."},
        Refused{"wrong token", {.body = good_body, .token = "other"}, 401, 2, "Authentication failed."},
        Refused{"unknown account", {.body = good_body, .account = "7"}, 403, 29, "not permitted"},
        Refused{"another account's token", {.body = good_body, .token = "own-token"}, 403, 29, "not permitted"},
        Refused{
            "common token for an account with its own", {.body = good_body, .account = "42"}, 403, 29, "not permitted"},
        Refused{
            "letters for an account", {.body = good_body, .account = "tag"}, 400, 4196, "does not match '^\\\\d+$'"},
        Refused{"nineteen digits", {.body = good_body, .account = "1234567890123456789"}, 400, 4196, "is too long"},
        Refused{"wrong method", {.body = good_body, .method = "PUT"}, 405, 0, "Method"},
        Refused{"form data", {.body = good_body, .content_type = "text/plain"}, 415, 0, "application/json"},
        Refused{"no content type", {.body = good_body, .content_type = ""}, 415, 0, "application/json"},
        Refused{
            "unknown query key", {.body = good_body, .query = "?is_test=true"}, 400, 4196, "'is_test' was unexpected"},
        Refused{"odd test flag", {.body = good_body, .query = "?test=1"}, 400, 4196, "'1' is not of type 'boolean'"},
        Refused{"no JSON", {.body = "{"}, 400, 4196, "not valid JSON"},
        Refused{"deep nesting", {.body = std::string(100'000, '[')}, 400, 4196, "not valid JSON"},
        Refused{"schema", {.body = R"({"data":[]})"}, 400, 4196, "[] is too short"}));

TEST(Endpoint, TellsAFailureStatusWithABadToken) {
    MockPinterest pinterest(plain_http());

    const Answer answer = post(pinterest.port(), {.body = good_body, .token = ""});

    EXPECT_EQ(parsed(answer), json({{"code", 2}, {"message", "Authentication failed."}, {"status", "failure"}}));
}

TEST(Endpoint, TakesAnAccountsOwnToken) {
    Options options = plain_http();
    options.accounts = {{"42", "own-token"}};
    MockPinterest pinterest(options);

    const Answer answer = post(pinterest.port(), {.body = good_body, .account = "42", .token = "own-token"});

    EXPECT_EQ(answer.status, 200);
}

TEST(Endpoint, TakesAContentTypeWithACharset) {
    MockPinterest pinterest(plain_http());

    const Answer answer =
        post(pinterest.port(), {.body = good_body, .content_type = "application/json; charset=utf-8"});

    EXPECT_EQ(answer.status, 200);
}

TEST(Endpoint, KnowsNoOtherPath) {
    MockPinterest pinterest(plain_http());

    EXPECT_EQ(test::get(pinterest.port(), "/v5/ad_accounts/1/events/").status, 404);
    EXPECT_EQ(test::get(pinterest.port(), "/").status, 404);
}

TEST(Endpoint, ProcessesOnlyTwentyEventsOfATestRequestAndCountsNone) {
    MockPinterest pinterest(plain_http());
    Post request = good_post(21);
    request.query = "?test=true";

    const json body = parsed(post(pinterest.port(), request));

    EXPECT_EQ(body["num_events_received"], 21);
    EXPECT_EQ(body["num_events_processed"], 20);
    EXPECT_EQ(body["events"].size(), 21U);
    EXPECT_EQ(body["events"][20]["status"], "failed");
    EXPECT_EQ(pinterest.summary().unique, 0U);
    EXPECT_EQ(pinterest.summary().test_events, 21U);
    EXPECT_TRUE(pinterest.events().front().test);
}

TEST(Endpoint, AnswersFailuresWith422WhereThePolicyWantsIt) {
    Options options = plain_http();
    options.policy.failures_answer_422 = true;
    MockPinterest pinterest(options);
    json old = event("old");
    old["event_time"] = 1;

    const Answer answer = post(pinterest.port(), {.body = test::body_of({event(), old}).dump()});

    EXPECT_EQ(answer.status, 422);
    EXPECT_EQ(parsed(answer)["code"], 953);
    EXPECT_EQ(parsed(answer)["details"]["num_events_processed"], 1);
    EXPECT_EQ(parsed(answer)["details"]["events"][1]["status"], "failed");
}

TEST(Endpoint, LimitsCallsPerMinuteAndAccount) {
    Options options = plain_http();
    options.policy.calls_per_minute = 2;
    MockPinterest pinterest(options);
    post(pinterest.port(), good_post());
    post(pinterest.port(), good_post());

    const Answer third = post(pinterest.port(), good_post());
    const Answer other_account = post(pinterest.port(), {.body = good_body, .account = "42"});

    EXPECT_EQ(third.status, 429);
    EXPECT_EQ(parsed(third)["code"], 8);
    EXPECT_EQ(third.field("X-RateLimit-Remaining"), "0");
    EXPECT_EQ(other_account.status, 200);
}

TEST(Endpoint, StartsANewRateWindowAfterAMinute) {
    auto now = std::chrono::system_clock::now();
    Options options = plain_http();
    options.policy.calls_per_minute = 1;
    options.now = [&now] { return now; };
    MockPinterest pinterest(options);
    post(pinterest.port(), good_post());

    now += 60s;
    const Answer answer = post(pinterest.port(), good_post());

    EXPECT_EQ(answer.status, 200);
}

TEST(Endpoint, RefusesABodyAboveTheLimit) {
    Options options = plain_http();
    options.policy.body_limit = 1000;
    MockPinterest pinterest(options);
    LoopbackClient client(pinterest.port());

    client.send(Post{.body = std::string(200'000, ' ')}.text());
    const Answer answer = client.receive();

    EXPECT_EQ(answer.status, 413);
    EXPECT_EQ(client.wait_for_end(), End::Fin);
}

TEST(Endpoint, KeepsAConnectionForManyRequests) {
    MockPinterest pinterest(plain_http());
    LoopbackClient client(pinterest.port());

    client.send(good_post().text() + good_post().text());
    const Answer first = client.receive();
    const Answer second = client.receive();

    EXPECT_EQ(first.status, 200);
    EXPECT_EQ(second.status, 200);
    EXPECT_EQ(pinterest.summary().connections, 1U);
    EXPECT_EQ(pinterest.summary().requests, 2U);
}

TEST(Endpoint, ClosesWhereTheClientAsksForIt) {
    MockPinterest pinterest(plain_http());
    LoopbackClient client(pinterest.port());

    client.send(Post{.body = good_body, .extra_fields = "Connection: close\r\n"}.text());
    const Answer answer = client.receive();

    EXPECT_EQ(answer.field("Connection"), "close");
    EXPECT_EQ(client.wait_for_end(), End::Fin);
}

TEST(Endpoint, ClosesUnannouncedAfterTheConfiguredNumberOfAnswers) {
    Options options = plain_http();
    options.requests_per_connection = 2;
    MockPinterest pinterest(options);
    LoopbackClient client(pinterest.port());

    client.send(good_post().text());
    client.receive();
    client.send(good_post().text());
    const Answer last = client.receive();

    EXPECT_EQ(last.status, 200);
    EXPECT_EQ(last.field("Connection"), "");
    EXPECT_EQ(client.wait_for_end(), End::Fin);
}

TEST(Endpoint, SaysContinueToAClientThatWaitsForIt) {
    MockPinterest pinterest(plain_http());
    LoopbackClient client(pinterest.port());
    const std::string request = Post{.body = good_body, .extra_fields = "Expect: 100-continue\r\n"}.text();
    const std::size_t body_start = request.find("\r\n\r\n") + 4;

    client.send(request.substr(0, body_start));
    const Answer go_on = client.receive();
    client.send(request.substr(body_start));
    const Answer answer = client.receive();

    EXPECT_EQ(go_on.status, 100);
    EXPECT_EQ(answer.status, 200);
}

TEST(Endpoint, TakesAThousandEventsAtOnce) {
    MockPinterest pinterest(plain_http());

    const json body = parsed(post(pinterest.port(), good_post(1000)));

    EXPECT_EQ(body["num_events_processed"], 1000);
    EXPECT_EQ(pinterest.summary().unique, 1000U);
}

TEST(Endpoint, OutlivesBytesThatAreNoHttp) {
    MockPinterest pinterest(plain_http());
    LoopbackClient garbage(pinterest.port());

    garbage.send("\x16\x03\x01\0\xff garbage\r\n\r\n"s);
    garbage.wait_for_end();

    EXPECT_EQ(post(pinterest.port(), good_post()).status, 200);
}

TEST(Endpoint, NotesARequestWhoseBodyNeverCame) {
    MockPinterest pinterest(plain_http());
    {
        LoopbackClient client(pinterest.port());
        client.send(good_post().text().substr(0, 300));
    }

    ASSERT_TRUE(pinterest.wait_for_requests(1, 10s));

    EXPECT_EQ(pinterest.requests()[0].status, 0);
    EXPECT_FALSE(pinterest.requests()[0].accepted);
}

TEST(MockPages, GiveSummaryAndEventsOutsideTheCounts) {
    MockPinterest pinterest(plain_http());
    post(pinterest.port(), good_post(2));
    post(pinterest.port(), good_post(1));

    const json summary = parsed(test::get(pinterest.port(), "/__mock/summary"));
    const json events = parsed(test::get(pinterest.port(), "/__mock/events"));

    EXPECT_EQ(summary["requests"], 2);
    EXPECT_EQ(summary["events"], 3);
    EXPECT_EQ(summary["unique"], 2);
    EXPECT_EQ(summary["duplicates"], 1);
    EXPECT_EQ(summary["connections"], 2);
    ASSERT_EQ(events.size(), 3U);
    EXPECT_EQ(events[2]["event"]["event_id"], "event-1");
    EXPECT_EQ(events[2]["duplicate"], true);
}

TEST(MockPages, TakeANewScript) {
    MockPinterest pinterest(plain_http());
    const std::string script = R"({"rules": [{"fault": "status", "status": 503}]})";
    LoopbackClient client(pinterest.port());

    client.send("PUT /__mock/script HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + std::to_string(script.size()) +
                "\r\n\r\n" + script);
    const Answer taken = client.receive();

    EXPECT_EQ(taken.status, 200);
    EXPECT_EQ(post(pinterest.port(), good_post()).status, 503);
}

TEST(MockPages, NameTheKeyThatIsWrongInANewScript) {
    MockPinterest pinterest(plain_http());
    LoopbackClient client(pinterest.port());

    client.send("PUT /__mock/script HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}");
    const Answer answer = client.receive();

    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(parsed(answer)["message"], "rules: must be a list of rules");
}

TEST(MockPinterestServer, SaysWhatItCannotListenOn) {
    Options options = plain_http();
    options.listen = "nowhere";

    EXPECT_THROW(MockPinterest{options}, std::runtime_error);
}

TEST(MockPinterestServer, GivesAUrlThatWorksForAWildcardAddress) {
    Options options = plain_http();
    options.listen = "0.0.0.0:0";
    MockPinterest pinterest(options);

    EXPECT_EQ(pinterest.url(), "http://127.0.0.1:" + std::to_string(pinterest.port()));
    EXPECT_EQ(post(pinterest.port(), good_post()).status, 200);
}

}  // namespace
}  // namespace pinrelay::mock
