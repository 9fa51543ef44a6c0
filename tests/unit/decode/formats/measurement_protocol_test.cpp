#include <gtest/gtest.h>

#include "fixtures/decoding.hpp"

namespace pinrelay::decode {
namespace {

using test::decode_event;
using test::decode_members;
using test::post;

TEST(MeasurementProtocol, TakesEventsAsAListOrAsOneObject) {
    EXPECT_EQ(decode_event(R"({"events":[{"name":"a"}]})").name, "a");
    EXPECT_EQ(decode_event(R"({"events":{"name":"a"}})").name, "a");
    EXPECT_TRUE(decode_members(post(R"({"events":[]})")).empty());
}

TEST(MeasurementProtocol, TakesMissingParametersInEveryShape) {
    for (const char* params : {"null", "{}", "[]"}) {
        EXPECT_EQ(decode_event(std::string(R"({"events":[{"name":"a","params":)") + params + "}]}").name, "a")
            << params;
    }
}

TEST(MeasurementProtocol, PrefersTheEventsTimeToTheParametersToTheRequests) {
    const auto seconds_of = [](const char* body) {
        return std::chrono::duration_cast<std::chrono::seconds>(decode_event(body).time->time_since_epoch()).count();
    };

    EXPECT_EQ(seconds_of(R"({"timestamp_micros":3000000000000000,"events":[
        {"name":"a","timestamp_micros":1000000000000000,"params":{"timestamp_micros":2000000000000000}}]})"),
              1'000'000'000);
    EXPECT_EQ(seconds_of(R"({"timestamp_micros":3000000000000000,"events":[
        {"name":"a","params":{"timestamp_micros":2000000000000000}}]})"),
              2'000'000'000);
    EXPECT_EQ(seconds_of(R"({"timestamp_micros":"3000000000000000","events":[{"name":"a"}]})"), 3'000'000'000);
}

TEST(MeasurementProtocol, PutsTheRequestsMembersIntoTheSource) {
    const auto event = decode_event(
        R"({"client_id":"1","user_properties":{"plan":{"value":"x"}},"name":"no","events":[{"name":"a","params":{"k":1}}]})");

    EXPECT_EQ(event.source,
              test::json(R"({"name":"a","params":{"k":1},"client_id":"1","user_properties":{"plan":{"value":"x"}}})"));
}

TEST(MeasurementProtocol, ReadsNoFieldFromUserProperties) {
    const auto event = decode_event(R"({"user_properties":{"email":{"value":"a@b.c"}},"events":[{"name":"a"}]})");

    EXPECT_EQ(event.user_data, model::UserData{});
}

TEST(MeasurementProtocol, KnowsAppStreams) {
    const auto event =
        decode_event(post(R"({"app_instance_id":"f00","events":[{"name":"a"}]})", "firebase_app_id=1:2&api_secret=x"));

    EXPECT_EQ(event.app_instance_id, "f00");
    EXPECT_EQ(event.measurement_id, "1:2");
    EXPECT_EQ(event.client_id, std::nullopt);
}

TEST(MeasurementProtocol, ComesFromAServerEvenWithABrowsersHeaders) {
    const auto event = decode_event(
        post(R"({"events":[{"name":"a"}]})", "", {{"User-Agent", "Mozilla/5.0"}, {"Sec-Fetch-Site", "same-origin"}}));

    EXPECT_EQ(event.sender, model::Sender::Server);
}

TEST(MeasurementProtocol, JudgesStrayMembersAlone) {
    const auto members = decode_members(post(
        R"({"user_id":"u","events":[{"name":"purchase","params":{"transaction_id":"T"}},{"event":"x"},{"y":1}]})"));

    ASSERT_EQ(members.size(), 3U);
    EXPECT_EQ(std::get<model::Event>(members[0]).transaction_id, "T");
    EXPECT_EQ(std::get<model::Event>(members[1]).name, "x");
    EXPECT_EQ(std::get<model::Event>(members[1]).user_id, "u");
    EXPECT_EQ(std::get<Rejection>(members[2]).field, "/events/2");
}

TEST(MeasurementProtocol, LeavesPushesInAnEnvelopeToTheNextDecoder) {
    EXPECT_EQ(decode_event(R"({"events":[{"event":"a","ecommerce":{"value":2}}]})").value, "2");
}

}  // namespace
}  // namespace pinrelay::decode
