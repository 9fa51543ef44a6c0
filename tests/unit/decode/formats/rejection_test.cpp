#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "fixtures/decoding.hpp"
#include "pinrelay/decode/decoder.hpp"
#include "pinrelay/decode/warnings.hpp"

namespace pinrelay::decode {
namespace {

using test::decode_members;
using test::decode_rejection;
using test::post;

std::string repeated(std::string_view text, std::size_t count) {
    std::string result;
    result.reserve(text.size() * count);
    for (std::size_t i = 0; i < count; ++i) result += text;
    return result;
}

TEST(Rejection, SaysThatTheBodyIsEmpty) {
    EXPECT_EQ(decode_rejection(post("")).code, RejectCode::EmptyBody);
    EXPECT_EQ(decode_rejection(post(" \r\n")).code, RejectCode::EmptyBody);
    EXPECT_EQ(decode_rejection(post("\xEF\xBB\xBF")).code, RejectCode::EmptyBody);
}

TEST(Rejection, SaysThatAHitOfTheGoogleTagHasNoName) {
    for (const auto& request : {post("", "v=2&tid=G-1&cid=1.2"), post("v=2&tid=G-1"), post("ep.a=1", "v=2&tid=G-1")}) {
        const auto rejection = decode_rejection(request);

        EXPECT_EQ(rejection.code, RejectCode::NotAnEvent);
        EXPECT_EQ(rejection.field, "en");
    }
}

TEST(Rejection, SaysThatTheBodyIsNotJson) {
    for (const char* body : {"hello", "hello=world", "a name event=purchase", R"("purchase")", "42", "null", "{", "[",
                             R"({"event":"a"} x)", R"({"event":"a",})", R"({'event':'a'})", R"({"event":NaN})",
                             R"({"event":"a","v":1e400})", "{\"event\":\"\xff\"}", R"({"event":"\ud800"})",
                             "{\"event\":\"a\nb\"}", "\x1f\x8b\x08", "<xml/>"}) {
        EXPECT_EQ(decode_rejection(post(body)).code, RejectCode::NotJson) << body;
    }
    EXPECT_EQ(decode_rejection(post(std::string("{\"event\":\"a\0b\"}", 15))).code, RejectCode::NotJson);
    EXPECT_EQ(decode_rejection(post(std::string(16, '\0'))).code, RejectCode::NotJson);
    EXPECT_EQ(decode_rejection(post("hello", "event_name=purchase")).code, RejectCode::NotJson);
}

TEST(Rejection, SaysThatTheDocumentIsTooDeep) {
    const std::string open = repeated("[", 64);
    const std::string close = repeated("]", 64);

    EXPECT_EQ(decode_rejection(post(open + close)).code, RejectCode::TooDeep);
    EXPECT_EQ(decode_rejection(post(R"({"event":"a","x":)" + open + close + "}")).code, RejectCode::TooDeep);
    EXPECT_EQ(decode_rejection(post(repeated("[", 40'000))).code, RejectCode::TooDeep);
    EXPECT_EQ(decode_rejection(post(repeated(R"({"a":)", 40'000))).code, RejectCode::TooDeep);
}

TEST(Rejection, DoesNotCountBracketsInTexts) {
    const std::string text = '"' + repeated("[", 64) + '"';

    EXPECT_EQ(decode_rejection(post("[" + text)).code, RejectCode::NotJson);
    EXPECT_EQ(decode_rejection(post("[" + text + "," + repeated("[", 64))).code, RejectCode::TooDeep);
}

TEST(Rejection, NamesTheFirstProblemOfADocumentThatIsBrokenAndTooDeep) {
    EXPECT_EQ(decode_rejection(post("[}" + repeated("[", 64))).code, RejectCode::NotJson);
    EXPECT_EQ(decode_rejection(post(repeated("[", 64) + "}")).code, RejectCode::TooDeep);
}

TEST(Rejection, SaysThatThereIsNoEvent) {
    for (const char* body :
         {"{}", R"({"hello":"world"})", R"({"event":null})", R"({"event":""})", R"({"event_name":" "})",
          R"({"event":"undefined"})", R"({"ecommerce":{}})", R"({"ecommerce":{"items":[]}})", "[[]]", "[1]",
          R"(["purchase"])", R"({"event_data":{"x":1}})", R"({"x-ga-gcs":"G111"})", R"({"events":"x"})",
          R"(["event"])"}) {
        const auto decoded = test::decoded(decode::Formats(), post(body));
        if (const auto* members = std::get_if<Members>(&decoded); members != nullptr && members->empty()) continue;

        EXPECT_EQ(decode_rejection(post(body)).code, RejectCode::NotAnEvent) << body;
    }
}

TEST(Rejection, SaysThatANameIsNoText) {
    for (const char* body :
         {R"({"event":7})", R"({"event_name":true})", R"({"event":{}})", R"({"event":["a"]})", R"(["event",7])",
          R"({"events":[{"name":7}]})", R"({"events":[{"name":"a","params":7}]})", R"({"events":[7]})"}) {
        EXPECT_EQ(decode_rejection(post(body)).code, RejectCode::WrongType) << body;
    }
}

TEST(Rejection, PointsAtThePlace) {
    const std::pair<const char*, const char*> cases[] = {
        {R"({"event":7})", "/event"},
        {R"([{"x":1}])", "/0"},
        {R"([{"event":7}])", "/0/event"},
        {R"({"data":[{"x":1}]})", "/data/0"},
        {R"({"events":[{"x":1}]})", "/events/0"},
        {R"({"events":{"name":7}})", "/events/name"},
        {R"({"events":[{"name":"a","params":7}]})", "/events/0/params"},
        {R"(["event",7])", "/1"}};
    for (const auto& [body, pointer] : cases) EXPECT_EQ(decode_rejection(post(body)).field, pointer) << body;
}

TEST(Rejection, NeverRepeatsWhatCameIn) {
    for (const char* body : {R"({"event":["secret@shop.example"]})", R"({"event":"secret@shop.example)",
                             R"([{"secret@shop.example":1}])", "secret@shop.example"}) {
        EXPECT_EQ(decode_rejection(post(body)).message.find("secret"), std::string::npos) << body;
    }
}

TEST(Rejection, RefusesTooManyEventsInEveryForm) {
    const DecodeLimits limits{.events = 3, .items = 3};
    const std::pair<const char*, const char*> wrappings[] = {
        {"[", "]"}, {R"({"data":[)", "]}"}, {R"({"events":[)", "]}"}, {"[[", "]]"}};
    for (const auto& [begin, end] : wrappings) {
        const std::string three = begin + std::string(R"({"event":"a"},{"event":"a"},{"event":"a"})");

        EXPECT_EQ(decode_members(post(three + end), limits).size(), 3U) << begin;
        EXPECT_EQ(decode_rejection(post(three + R"(,{"event":"a"})" + end), limits).code, RejectCode::TooManyEvents)
            << begin;
    }
}

TEST(Rejection, RefusesTooManyMeasurementProtocolEventsAndLines) {
    const DecodeLimits limits{.events = 2, .items = 3};
    const std::string line = "{\"event\":\"a\"}\n";
    const std::string events = R"({"events":[{"name":"a"},{"name":"a"})";

    EXPECT_EQ(decode_members(post(line + line), limits).size(), 2U);
    EXPECT_EQ(decode_rejection(post(line + line + line), limits).code, RejectCode::TooManyEvents);
    EXPECT_EQ(decode_members(post(events + "]}"), limits).size(), 2U);
    EXPECT_EQ(decode_rejection(post(events + R"(,{"name":"a"}]})"), limits).code, RejectCode::TooManyEvents);
}

TEST(Rejection, SaysHowManyEventsThereAreAndTheKey) {
    const DecodeLimits limits{.events = 3};
    const std::string five = R"({"event":"a"},{"event":"a"},{"event":"a"},{"event":"a"},{"event":"a"})";
    const std::string line = "{\"event\":\"a\"}\n";
    const std::string said = "this request has 5 events; collect.max_events is 3";
    const std::vector<std::string> bodies = {
        "[" + five + "]",
        R"({"data":[)" + five + "]}",
        "[[" + five + "]]",
        R"({"events":[)" + five + "]}",
        line + line + line + line + line,
        R"([{"events":[{"name":"a"},{"name":"a"},{"name":"a"},{"name":"a"}]},{"event":"a"}])",
        R"([{"event":"a"},{"events":[{"name":"a"},{"name":"a"},{"name":"a"},{"name":"a"}]}])"};
    for (const std::string& body : bodies) EXPECT_EQ(decode_rejection(post(body), limits).message, said) << body;
    EXPECT_EQ(decode_rejection(post("en=a\nen=a\nen=a\nen=a\nen=a\n", "v=2"), limits).message, said);
    EXPECT_EQ(decode_rejection(post("v=1&t=a\nv=1&t=a\nv=1&t=a\nv=1&t=a\nv=1&t=a\n"), limits).message, said);
    EXPECT_EQ(decode_rejection(post(R"({"batch":[{"type":"track"},1,2,3,4]})"), {.events = 3, .segment = true}).message,
              said);
}

TEST(Rejection, NeverCostsAnEventForItsNumberOfItems) {
    const auto members = decode_members(post(R"([{"event":"a","items":[1,2,{"id":3},{"id":4,"quantity":7},5]},
                                                 {"event":"b","content_ids":[1,2,3,4]},{"event":"c","items":[1,2,3]}])"),
                                        {.items = 3});

    ASSERT_EQ(members.size(), 3U);
    for (const Member& member : members) EXPECT_EQ(std::get<model::Event>(member).items.size(), 3U);
    EXPECT_EQ(std::get<model::Event>(members[0]).unlisted_units, 8U);
    EXPECT_EQ(std::get<model::Event>(members[1]).unlisted_units, 1U);
    EXPECT_EQ(std::get<model::Event>(members[2]).unlisted_units, 0U);
    ASSERT_EQ(std::get<model::Event>(members[0]).warnings.size(), 1U);
    EXPECT_EQ(std::get<model::Event>(members[0]).warnings[0],
              (model::Warning{warnings::items_left_out, "items", "2 of 5 items are counted only: one event lists 3"}));
}

TEST(Rejection, OfABrokenFirstLineCostsNoOtherLine) {
    for (const char* first : {"garbage", "{\"event\":", "null", "<html>", "event=a"}) {
        const auto members = decode_members(post(std::string(first) + "\n{\"event\":\"b\"}\n{\"event\":\"c\"}\n"));

        ASSERT_EQ(members.size(), 3U) << first;
        EXPECT_EQ(std::get<Rejection>(members[0]).field, "/0") << first;
        EXPECT_EQ(std::get<model::Event>(members[1]).name, "b") << first;
    }
}

TEST(Rejection, PointsFromTheRootOfTheRequest) {
    const std::pair<const char*, const char*> cases[] = {
        {R"([{"event":"a"},{"x":1}])", "/1"},
        {R"([{"event":"a"},{"event":7}])", "/1/event"},
        {R"({"events":[{"name":"a"},{"name":"a","params":7}]})", "/events/1/params"},
        {R"({"events":[{"name":"a"},{"name":7}]})", "/events/1/name"},
        {R"([{"event":"a"},{"events":[{"name":"a"},{"x":1}]}])", "/1/events/1"},
        {R"({"data":[{"event":"a"},{"data":[{"event":"b"},{"event":7}]}]})", "/data/1/data/1/event"},
        {R"({"data":[{"event":"a"},["event",7]]})", "/data/1/1"},
        {"{\"event\":\"a\"}\n{\"events\":[{\"name\":\"a\"},{\"name\":7}]}", "/1/events/1/name"},
        {"{\"event\":\"a\"}\n{", "/1"}};
    for (const auto& [body, pointer] : cases) {
        const auto members = decode_members(post(body));
        std::vector<std::string> fields;
        for (const Member& member : members)
            if (const auto* rejection = std::get_if<Rejection>(&member)) fields.push_back(rejection->field);

        EXPECT_EQ(fields, std::vector<std::string>{pointer}) << body;
    }
}

TEST(Rejection, HasADifferentLabelForEveryCode) {
    std::set<std::string_view> labels;

    for (int code = 0; code <= static_cast<int>(RejectCode::UnsupportedForm); ++code) {
        labels.insert(to_string(static_cast<RejectCode>(code)));
    }

    EXPECT_EQ(labels.size(), 8U);
    EXPECT_FALSE(labels.contains("unknown"));
}

}  // namespace
}  // namespace pinrelay::decode
