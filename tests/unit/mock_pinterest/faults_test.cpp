// Each scripted fault as a client meets it, and what of it is recorded.
#include <gtest/gtest.h>

#include "loopback_client.hpp"
#include "mock_pinterest/mock_pinterest.hpp"
#include "sample_events.hpp"

namespace pinrelay::mock {
namespace {

using namespace std::chrono_literals;
using test::Answer;
using test::End;
using test::json;
using test::LoopbackClient;
using test::Post;

// A mock with one rule in play, and a connection to it.
struct Scene {
    explicit Scene(Rule rule) : pinterest(options_for(std::move(rule))), client(pinterest.port()) {}

    static Options options_for(Rule rule) {
        Options options;
        options.tls = std::nullopt;
        options.script = {std::move(rule)};
        return options;
    }

    Answer send(std::size_t events = 2) {
        client.send(Post{.body = test::body_with(events).dump()}.text());
        return client.receive();
    }

    MockPinterest pinterest;
    LoopbackClient client;
};

Rule fault_rule(Fault fault) {
    Rule rule;
    rule.fault = fault;
    return rule;
}

json parsed_body(const Answer& answer) { return json::parse(answer.body, nullptr, false); }

TEST(StatusFault, AnswersInTheStatussOwnShapeAndAcceptsNothing) {
    Rule rule = fault_rule(Fault::Status);
    rule.status = 429;
    rule.retry_after = "7";
    rule.rate_limit_reset = 30;
    Scene scene(rule);

    const Answer answer = scene.send();

    EXPECT_EQ(answer.status, 429);
    EXPECT_EQ(parsed_body(answer)["code"], 8);
    EXPECT_EQ(answer.field("Retry-After"), "7");
    EXPECT_EQ(answer.field("X-RateLimit-Reset"), "30");
    EXPECT_EQ(answer.field("X-RateLimit-Remaining"), "0");
    EXPECT_EQ(scene.pinterest.summary().events, 0U);
    EXPECT_EQ(scene.pinterest.requests()[0].fault, "status");
}

TEST(StatusFault, KeepsTheConnectionAndEndsWithItsTimes) {
    Rule rule = fault_rule(Fault::Status);
    rule.times = 2;
    Scene scene(rule);

    EXPECT_EQ(scene.send().status, 503);
    EXPECT_EQ(scene.send().status, 503);
    EXPECT_EQ(scene.send().status, 200);
}

TEST(StatusFault, SendsABodyAndFieldsOfItsOwn) {
    Rule rule = fault_rule(Fault::Status);
    rule.status = 302;
    rule.body = "<html>";
    rule.headers = {{"Location", "https://elsewhere.invalid/"}};
    Scene scene(rule);

    const Answer answer = scene.send();

    EXPECT_EQ(answer.body, "<html>");
    EXPECT_EQ(answer.field("Location"), "https://elsewhere.invalid/");
}

TEST(StatusFault, EchoesTheToken) {
    Rule rule = fault_rule(Fault::Status);
    rule.status = 401;
    rule.echo_token = true;
    Scene scene(rule);

    const Answer answer = scene.send();

    EXPECT_EQ(answer.status, 401);
    EXPECT_NE(answer.body.find("a-token"), std::string::npos);
}

TEST(StatusFault, AnswersWithAnotherCodeAndTheWordsForIt) {
    Rule rule = fault_rule(Fault::Status);
    rule.status = 400;
    rule.code = 2787;
    Scene scene(rule);

    const Answer answer = scene.send();

    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.body, R"({"code":2787,"message":"Something went wrong on our end. Sorry about that."})");
}

TEST(StatusFault, AcceptsWhereTheRuleSaysSo) {
    Rule rule = fault_rule(Fault::Status);
    rule.status = 500;
    rule.accept = true;
    Scene scene(rule);

    const Answer answer = scene.send();

    EXPECT_EQ(answer.status, 500);
    EXPECT_EQ(scene.pinterest.summary().processed, 2U);
}

TEST(FailEventsFault, FailsTheListedEvents) {
    Rule rule = fault_rule(Fault::FailEvents);
    rule.status = 200;
    rule.indexes = {1};
    rule.message = "Invalid event_name: checkout";
    Scene scene(rule);

    const Answer answer = scene.send(3);

    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(parsed_body(answer)["num_events_processed"], 2);
    EXPECT_EQ(parsed_body(answer)["events"][0]["status"], "processed");
    EXPECT_EQ(parsed_body(answer)["events"][1]["error_message"], "Invalid event_name: checkout");
    EXPECT_EQ(scene.pinterest.summary().failed, 1U);
    EXPECT_FALSE(scene.pinterest.events()[1].verdict.processed);
}

TEST(FailEventsFault, FailsTheNamedEventsWith422) {
    Rule rule = fault_rule(Fault::FailEvents);
    rule.status = 422;
    rule.event_id_contains = "event-2";
    Scene scene(rule);

    const Answer answer = scene.send(2);

    EXPECT_EQ(answer.status, 422);
    EXPECT_EQ(parsed_body(answer)["details"]["events"][1]["status"], "failed");
    EXPECT_EQ(scene.pinterest.summary().processed, 1U);
}

TEST(FailEventsFault, FailsAllWithoutAChoice) {
    Rule rule = fault_rule(Fault::FailEvents);
    rule.status = 200;
    Scene scene(rule);

    EXPECT_EQ(parsed_body(scene.send(2))["num_events_processed"], 0);
}

TEST(HangFault, NeverAnswersAndAcceptsNothing) {
    Scene scene(fault_rule(Fault::Hang));
    scene.client.send(Post{.body = test::body_with(1).dump()}.text());

    ASSERT_TRUE(scene.pinterest.wait_for_requests(1, 10s));

    EXPECT_TRUE(scene.client.is_silent(50ms));
    EXPECT_EQ(scene.pinterest.requests()[0].status, 0);
    EXPECT_EQ(scene.pinterest.summary().events, 0U);
}

TEST(HangFault, AcceptsWhereTheRuleSaysSo) {
    Rule rule = fault_rule(Fault::Hang);
    rule.accept = true;
    Scene scene(rule);
    scene.client.send(Post{.body = test::body_with(1).dump()}.text());

    EXPECT_TRUE(scene.pinterest.wait_for_events(1, 10s));
}

TEST(HangFault, EndsWithTheServer) {
    auto scene = std::make_unique<Scene>(fault_rule(Fault::Hang));
    LoopbackClient client(scene->pinterest.port());
    client.send(Post{.body = test::body_with(1).dump()}.text());
    ASSERT_TRUE(scene->pinterest.wait_for_requests(1, 10s));

    scene.reset();

    EXPECT_NE(client.wait_for_end(), End::Open);
}

TEST(ResetBeforeFault, ResetsWithoutReadingTheBody) {
    Scene scene(fault_rule(Fault::ResetBefore));
    const std::string request = Post{.body = test::body_with(1).dump()}.text();

    scene.client.send(request.substr(0, request.find("\r\n\r\n") + 4));
    const End end = scene.client.wait_for_end();

    EXPECT_EQ(end, End::Reset);
    EXPECT_EQ(scene.pinterest.summary().events, 0U);
    EXPECT_EQ(scene.pinterest.requests()[0].fault, "reset_before");
}

TEST(ResetAfterFault, RecordsTheEventsThenResets) {
    Scene scene(fault_rule(Fault::ResetAfter));

    const Answer answer = scene.send(2);

    EXPECT_EQ(answer.status, 0);
    EXPECT_EQ(answer.end, End::Reset);
    EXPECT_EQ(scene.pinterest.summary().processed, 2U);
    EXPECT_TRUE(scene.pinterest.requests()[0].accepted);
}

TEST(ResetAfterFault, RecordsNothingOfARequestThatBreaksTheSchema) {
    Scene scene(fault_rule(Fault::ResetAfter));

    scene.client.send(Post{.body = R"({"data":[{}]})"}.text());
    const End end = scene.client.wait_for_end();

    EXPECT_EQ(end, End::Reset);
    EXPECT_FALSE(scene.pinterest.requests()[0].accepted);
}

TEST(HalfCloseFault, EndsItsOwnDirectionOnly) {
    Scene scene(fault_rule(Fault::HalfClose));

    const Answer answer = scene.send(1);

    EXPECT_EQ(answer.status, 0);
    EXPECT_EQ(answer.end, End::Fin);
    EXPECT_EQ(scene.pinterest.summary().events, 0U);
}

TEST(MalformedBodyFault, AcceptsAndAnswersWhatIsNoJson) {
    Scene scene(fault_rule(Fault::MalformedBody));

    const Answer answer = scene.send();

    EXPECT_EQ(answer.status, 200);
    EXPECT_TRUE(answer.whole);
    EXPECT_TRUE(parsed_body(answer).is_discarded());
    EXPECT_EQ(scene.pinterest.summary().processed, 2U);
}

TEST(MalformedBodyFault, TakesABodyOfItsOwn) {
    Rule rule = fault_rule(Fault::MalformedBody);
    rule.body = "null";
    Scene scene(rule);

    EXPECT_EQ(scene.send().body, "null");
}

TEST(TruncatedBodyFault, SendsHalfOfWhatItAnnouncesThenEnds) {
    Scene scene(fault_rule(Fault::TruncatedBody));

    const Answer answer = scene.send();

    EXPECT_EQ(answer.status, 200);
    EXPECT_FALSE(answer.whole);
    EXPECT_FALSE(answer.body.empty());
    EXPECT_EQ(answer.end, End::Fin);
    EXPECT_EQ(scene.pinterest.summary().processed, 2U);
}

TEST(CountMismatchFault, AnswersForOneEventLess) {
    Scene scene(fault_rule(Fault::CountMismatch));

    const json body = parsed_body(scene.send(3));

    EXPECT_EQ(body["num_events_received"], 3);
    EXPECT_EQ(body["events"].size(), 2U);
    EXPECT_EQ(scene.pinterest.summary().processed, 3U);
}

TEST(CountMismatchFault, AnswersForMoreEventsWhereTheRuleSaysSo) {
    Rule rule = fault_rule(Fault::CountMismatch);
    rule.difference = 2;
    Scene scene(rule);

    EXPECT_EQ(parsed_body(scene.send(1))["events"].size(), 3U);
}

TEST(CloseAfterAnswerFault, AnswersThenEndsUnannounced) {
    Scene scene(fault_rule(Fault::CloseAfterAnswer));

    const Answer answer = scene.send();
    const End end = scene.client.wait_for_end();

    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.field("Connection"), "");
    EXPECT_EQ(end, End::Fin);
    EXPECT_EQ(scene.pinterest.summary().processed, 2U);
}

TEST(RawFault, SendsItsBytesInPlaceOfHttp) {
    Rule rule = fault_rule(Fault::Raw);
    rule.body = "HTTP/9 what?";
    Scene scene(rule);

    const Answer answer = scene.send();

    EXPECT_EQ(answer.status, 0);
    EXPECT_EQ(answer.body, "HTTP/9 what?");
    EXPECT_EQ(answer.end, End::Fin);
    EXPECT_EQ(scene.pinterest.summary().events, 0U);
}

TEST(CloseHandshakeFault, EndsAConnectionThatHasJustBegun) {
    Scene scene(fault_rule(Fault::CloseHandshake));

    const Answer answer = scene.send();

    EXPECT_EQ(answer.status, 0);
    EXPECT_EQ(answer.end, End::Fin);
    EXPECT_EQ(scene.pinterest.summary().requests, 0U);
    EXPECT_EQ(scene.pinterest.summary().handshake_failures, 1U);
}

TEST(DelayAndDrip, RecordAtOnceAndAnswerWhole) {
    Rule rule = fault_rule(Fault::None);
    rule.delay = 20ms;
    rule.drip = Drip{64, 1ms};
    Scene scene(rule);

    const Answer answer = scene.send();

    EXPECT_EQ(answer.status, 200);
    EXPECT_TRUE(answer.whole);
    EXPECT_EQ(parsed_body(answer)["num_events_processed"], 2);
}

TEST(DelayAndDrip, LetAClientLeaveBeforeTheAnswerOfAnAcceptedRequest) {
    Rule rule = fault_rule(Fault::None);
    rule.delay = std::chrono::hours{1};
    Scene scene(rule);
    scene.client.send(Post{.body = test::body_with(1).dump()}.text());

    ASSERT_TRUE(scene.pinterest.wait_for_events(1, 10s));

    EXPECT_TRUE(scene.client.is_silent(20ms));
}

TEST(Script, ChoosesByWhatTheBodyContains) {
    Rule rule = fault_rule(Fault::Status);
    rule.status = 400;
    rule.body_contains = "event-2";
    rule.times = std::nullopt;
    Scene scene(rule);

    EXPECT_EQ(scene.send(1).status, 200);
    EXPECT_EQ(scene.send(2).status, 400);
    EXPECT_EQ(scene.send(1).status, 200);
}

TEST(Script, CanBeReplacedWhileTheServerRuns) {
    Scene scene(fault_rule(Fault::None));
    scene.send();

    scene.pinterest.play({fault_rule(Fault::Status)});

    EXPECT_EQ(scene.send().status, 503);
}

}  // namespace
}  // namespace pinrelay::mock
