#include <gtest/gtest.h>

#include "fixtures/decoding.hpp"
#include "pinrelay/decode/decoder.hpp"

namespace pinrelay::decode {
namespace {

using test::decode_event;
using test::decode_members;
using test::decode_rejection;
using test::post;

TEST(Formats, AreNamedInTheOrderInWhichTheyAreAsked) {
    EXPECT_EQ(Formats().names(),
              (std::vector<std::string_view>{"measurement_protocol", "segment", "batch", "event_data", "data_layer",
                                             "json_lines", "gtag", "data_tag", "form", "universal_analytics"}));
}

TEST(Formats, IgnoreTheContentType) {
    for (const char* type : {"application/json", "application/json;charset=utf-8", "text/plain",
                             "text/plain;charset=UTF-8", "application/x-www-form-urlencoded", "image/png"}) {
        const auto event = decode_event(post(R"({"event_name":"purchase"})", "", {{"Content-Type", type}}));

        EXPECT_EQ(event.name, "purchase") << type;
    }
}

TEST(Formats, StripAByteOrderMarkAndWhiteSpace) {
    EXPECT_EQ(decode_event("\xEF\xBB\xBF{\"event\":\"a\"}").name, "a");
    EXPECT_EQ(decode_event(" \r\n\xEF\xBB\xBF \t{\"event\":\"a\"}\n\n").name, "a");
}

TEST(Formats, KeepTheEventsOwnObjectAsItsSource) {
    const std::string body = R"({"event":"purchase","ecommerce":{"items":[{"price":0.10}]},"x":null})";

    EXPECT_EQ(decode_event(body).source, test::json(body));
    EXPECT_EQ(decode_event("[" + body + "]").source, test::json(body));
}

TEST(Formats, GiveTheSourceOfAGtagCallItsParametersAndName) {
    const auto event = decode_event(R"(["event","sign_up",{"method":"email"}])");

    EXPECT_EQ(event.source, test::json(R"({"method":"email","event":"sign_up"})"));
}

TEST(Formats, GiveAGroupedEventWhatStandsBesideIt) {
    const auto event = decode_event(R"({"event_data":{"event_name":"a","k":1},"user_data":{"email":"a@b.c"},"k":2})");

    EXPECT_EQ(event.source, test::json(R"({"event_name":"a","k":1,"user_data":{"email":"a@b.c"}})"));
}

TEST(Formats, TakeAnEventWithAMemberNamedLikeAnEnvelopeForAnEvent) {
    for (const char* key : {"data", "events", "event_data", "batch"}) {
        const auto event = decode_event(std::string(R"({"event":"purchase",")") + key + R"(":[{"event":"no"}]})");

        EXPECT_EQ(event.name, "purchase") << key;
    }
}

TEST(Formats, JudgeTheMembersOfAnArrayAlone) {
    const auto members = decode_members(post(R"([{"event":"a"},{"x":1},null,{"event":"b"}])"));

    ASSERT_EQ(members.size(), 4U);
    EXPECT_EQ(std::get<model::Event>(members[0]).name, "a");
    EXPECT_EQ(std::get<Rejection>(members[1]).field, "/1");
    EXPECT_EQ(std::get<Rejection>(members[2]).field, "/2");
    EXPECT_EQ(std::get<model::Event>(members[3]).name, "b");
}

TEST(Formats, JudgeLinesAlone) {
    const auto members = decode_members(post("{\"event\":\"a\"}\nbroken\n{\"event\":\"b\"}"));

    ASSERT_EQ(members.size(), 3U);
    EXPECT_EQ(std::get<Rejection>(members[1]).code, RejectCode::NotJson);
    EXPECT_EQ(std::get<Rejection>(members[1]).field, "/1");
    EXPECT_EQ(std::get<model::Event>(members[2]).name, "b");
}

std::vector<std::string> names_in(const char* body) {
    std::vector<std::string> names;
    for (const Member& member : decode_members(post(body))) {
        const auto* event = std::get_if<model::Event>(&member);
        names.emplace_back(event != nullptr ? event->name : "");
    }
    return names;
}

TEST(Formats, TakeEveryJsonFormInArraysAndLines) {
    const std::vector<std::string> expected = {"a", "b", "c", "d", "e"};

    EXPECT_EQ(
        names_in(R"([{"events":[{"name":"a"},{"name":"b"}]},{"data":{"event":"c"}},[{"event":"d"}],{"event":"e"}])"),
        expected);
    EXPECT_EQ(names_in("{\"events\":[{\"name\":\"a\"},{\"name\":\"b\"}]}\n{\"data\":{\"event\":\"c\"}}\n"
                       "[{\"event\":\"d\"}]\n{\"event\":\"e\"}"),
              expected);
}

TEST(Formats, GiveEachEventOfAListWhatStandsBesideIt) {
    const auto members =
        decode_members(post(R"({"user_data":{"email":"a@b.c"},"k":1,"events":[{"event":"a"},{"event":"b","k":2}]})"));

    ASSERT_EQ(members.size(), 2U);
    EXPECT_EQ(std::get<model::Event>(members[0]).source,
              test::json(R"({"event":"a","user_data":{"email":"a@b.c"},"k":1})"));
    EXPECT_EQ(std::get<model::Event>(members[1]).source,
              test::json(R"({"event":"b","k":2,"user_data":{"email":"a@b.c"}})"));
}

TEST(Formats, ReadASecondListInAnEnvelopeNotOnceForEveryMember) {
    EXPECT_EQ(names_in(R"({"data":[{"x":1},{"event":"a"}],"events":[{"event":"b"}]})"),
              (std::vector<std::string>{"", "a"}));
}

TEST(Formats, TakeNoAddressThatNoVisitorCanHave) {
    for (const char* address : {"::", "unknown", "10.0.0.1", "127.0.0.1", "home"}) {
        const auto event = decode_event(post(std::string(R"({"event":"a","ip_override":")") + address + "\"}", "",
                                             {{"User-Agent", "Mozilla/5.0"}}));

        EXPECT_EQ(event.ip_address, std::nullopt) << address;
        EXPECT_EQ(event.sender, model::Sender::Browser) << address;
    }
    EXPECT_EQ(decode_event(R"({"event":"a","ip_override":"::ffff:8.8.8.8"})").ip_address, "8.8.8.8");
}

TEST(Formats, TakeTheNameFromTheQueryOnlyWhereTheBodyHasNone) {
    EXPECT_EQ(decode_event(post(R"({"value":1})", "event_name=add_to_cart")).name, "add_to_cart");
    EXPECT_EQ(decode_event(post(R"({"value":1})", "event=add%255Fto%255Fcart")).name, "add_to_cart");
    EXPECT_EQ(decode_event(post(R"({"event":"purchase"})", "event_name=add_to_cart")).name, "purchase");
}

TEST(Formats, TakeTheMeasurementIdFromTheBodyThenTheQuery) {
    EXPECT_EQ(decode_event(post(R"({"event":"a","x-ga-measurement_id":"G-B"})", "measurement_id=G-Q")).measurement_id,
              "G-B");
    EXPECT_EQ(decode_event(post(R"({"event":"a"})", "measurement_id=G-Q")).measurement_id, "G-Q");
    EXPECT_EQ(decode_event(post(R"({"event":"a"})", "firebase_app_id=1%3A2")).measurement_id, "1:2");
    EXPECT_EQ(decode_event(post(R"({"event":"a"})", "measurement_id=")).measurement_id, std::nullopt);
}

TEST(Formats, TellAnUnreadableTimeFromNone) {
    EXPECT_TRUE(decode_event(R"({"event":"a","timestamp":"soon"})").time_unreadable);
    EXPECT_FALSE(decode_event(R"({"event":"a"})").time_unreadable);
    EXPECT_FALSE(decode_event(R"({"event":"a","timestamp":""})").time_unreadable);
    EXPECT_FALSE(decode_event(R"({"event":"a","timestamp":1713571200})").time_unreadable);
}

TEST(Formats, TellIgnoredMembersFromEvents) {
    const std::pair<const char*, const char*> cases[] = {{R"({"ecommerce":null})", "clear_push"},
                                                         {R"(["config","G-1"])", "gtag_command"},
                                                         {R"({"0":"set","1":{}})", "gtag_command"},
                                                         {R"({"ecommerce":{"checkout_option":{}}})", "checkout_option"},
                                                         {"v=1&t=event&tid=UA-1-1", "universal_analytics"}};
    for (const auto& [body, reason] : cases) {
        const auto members = decode_members(post(body));

        ASSERT_EQ(members.size(), 1U) << body;
        EXPECT_EQ(std::get<Ignored>(members[0]).reason, reason) << body;
    }
}

TEST(Formats, RecogniseFormsThatAreNotTaken) {
    const http::Request requests[] = {
        post(R"({"batch":[{"type":"track","event":"Order Completed"}]})"),
        post(R"({"type":"track","event":"Order Completed","properties":{}})"),
    };
    for (const auto& request : requests) {
        EXPECT_EQ(decode_rejection(request).code, RejectCode::UnsupportedForm) << request.query << request.body;
    }
}

TEST(Formats, TakeJsonWithAWireFormatQueryForJson) {
    EXPECT_EQ(decode_event(post(R"({"event_name":"purchase"})", "v=2&en=page_view")).name, "purchase");
}

}  // namespace
}  // namespace pinrelay::decode
