#include "decode/value_count.hpp"

#include <gtest/gtest.h>

#include <string>

#include "fixtures/decoding.hpp"
#include "pinrelay/decode/warnings.hpp"

namespace pinrelay::decode {
namespace {

using test::decode_event;
using test::decode_members;
using test::decode_rejection;
using test::post;

std::string times(std::string_view text, std::size_t count) {
    std::string all;
    for (std::size_t i = 0; i < count; ++i) all += text;
    return all;
}

// Whether a request of so many values is read where so many are allowed.
bool is_read(const http::Request& request, std::size_t values) {
    const auto decoded = test::decoded(decode::Formats({.values = values}), request);
    const auto* rejection = std::get_if<Rejection>(&decoded);
    if (rejection == nullptr) return true;
    EXPECT_EQ(rejection->code, RejectCode::TooManyValues) << rejection->message;
    return false;
}

TEST(ValueCount, IsThatOfJsonWithoutTexts) {
    EXPECT_EQ(values_at_most("1"), 1U);
    EXPECT_EQ(values_at_most("[1]"), 2U);
    EXPECT_EQ(values_at_most(R"({"event":"a","x":[1,2,{"":0}]})"), 7U);
}

TEST(ValueCount, IsNeverLessThanWhatIsParsed) {
    for (const char* json : {"{}", "[[],[]]", R"([{"a":{"b":[null]}},true])", R"({"a":"[1,2]"})"}) {
        const std::string_view text = json;
        EXPECT_TRUE(std::holds_alternative<model::Value>(
            model::parse_json(text, test::arena(), {.values = values_at_most(text)})))
            << json;
    }
}

TEST(ValueCount, TakesInPairsParametersAndJsonInTexts) {
    EXPECT_EQ(values_at_most("a=1&b=2"), 2U);
    EXPECT_EQ(values_at_most(R"({"url":"https://a.example/?a&b;c"})"), 4U);
    EXPECT_EQ(values_at_most(R"({"items":"[{},{}]"})"), 6U);
}

TEST(ValueCount, BoundsARequestOfAnyFormat) {
    const std::string json = R"({"event":"a","x":[1,2,3]})";  // 2 openers, 3 commas
    EXPECT_TRUE(is_read(post(json), 6));
    EXPECT_FALSE(is_read(post(json), 5));
    EXPECT_TRUE(is_read(post("event=a&b=1&c=2"), 3));
    EXPECT_FALSE(is_read(post("event=a&b=1&c=2"), 2));
    EXPECT_TRUE(is_read(post("{\"event\":\"a\"}\n{\"event\":\"b\"}"), 3));
    EXPECT_FALSE(is_read(post("{\"event\":\"a\"}\n{\"event\":\"b\"}"), 2));
    EXPECT_FALSE(is_read(post(R"([{"event":"a"},{)"), 3)) << "what is broken is not searched for what is whole";
}

TEST(ValueCount, NamesTheBound) {
    const Rejection rejection = decode_rejection(post("[1,2,3]"), {.values = 3});

    EXPECT_EQ(to_string(rejection.code), "too_many_values");
    EXPECT_NE(rejection.message.find("collect.max_values is 3"), std::string::npos) << rejection.message;
}

TEST(ValueCount, BoundsLinesTimesThePairsOfTheirQuery) {
    const std::string query = "v=2&a=1&b=2";  // 3 pairs

    EXPECT_TRUE(is_read(post(times("en=a\n", 10), query), 30));
    EXPECT_FALSE(is_read(post(times("en=a\n", 10), query), 29));
    EXPECT_TRUE(is_read(post("", "v=2&en=a" + times("&a=1", 50)), 10)) << "of one hit the limit is that of pairs";
}

TEST(ValueCount, BoundsObjectsTimesThePairsOfTheQuery) {
    const std::string body = '[' + times(R"({"event":"a"},)", 98) + R"({"event":"a"}])";  // 100 openers

    EXPECT_TRUE(is_read(post(body, times("a=1&", 199) + "a=1"), 2'000));
    EXPECT_FALSE(is_read(post(body, times("a=1&", 200) + "a=1"), 2'000));
}

TEST(ValueCount, HasRoomForWhatHonestSendersBatch) {
    const std::string item = R"({"item_id":"SKU-1","item_name":"Shirt","price":1.5,"quantity":2},)";
    std::string items = times(item, 20);
    items.back() = ']';
    const std::string event = R"({"event":"purchase","value":1,"currency":"EUR","items":[)" + items + "},";
    std::string batch = '[' + times(event, 200);
    batch.back() = ']';

    EXPECT_EQ(decode_members(post(batch)).size(), 200U);
}

TEST(ValueCount, BoundsJsonWhoseSeparatorsAreEscapedInAText) {
    const auto items_of = [](std::size_t count) {
        return decode_event(R"({"event":"a","items":"[)" + times("1\\u002c", count) + R"(1]"})").unlisted_units;
    };

    EXPECT_GT(items_of(49'000), 40'000U);
    EXPECT_EQ(items_of(50'000), 0U);
}

std::string url_of(std::size_t size, std::string_view end = "") {
    const std::string front = "https://shop.example/?a=";
    return front + std::string(size - front.size() - end.size(), 'x') + std::string(end);
}

TEST(LongUrl, IsCutAt8KiBAndWarnedOf) {
    const auto whole = decode_event(R"({"event":"a","page_location":")" + url_of(8192) + R"("})");
    const auto cut = decode_event(R"({"event":"a","page_location":")" + url_of(8193) + R"(","page_referrer":")" +
                                  url_of(100'000) + R"("})");

    EXPECT_EQ(whole.page_location, url_of(8192));
    EXPECT_TRUE(whole.warnings.empty());
    EXPECT_EQ(cut.page_location, url_of(8192));
    EXPECT_EQ(cut.page_referrer, url_of(8192));
    ASSERT_EQ(cut.warnings.size(), 2U);
    EXPECT_EQ(cut.warnings[0].code, warnings::url_cut);
    EXPECT_EQ(cut.warnings[0].field, "page_location");
    EXPECT_EQ(cut.warnings[1].field, "page_referrer");
}

TEST(LongUrl, IsNotCutWithinACharacterOrAnEscape) {
    for (const char* end : {"\xC3\xA4", "%C3", "%c"}) {
        const std::string url = url_of(8191, "") + end + "xyz";
        const auto event = decode_event(R"({"event":"a","page_location":")" + url + R"("})");

        EXPECT_EQ(event.page_location, url_of(8191)) << end;
    }
}

TEST(LongUrl, OfTheGoogleTagIsCutAsWell) {
    const auto event = decode_event(post("", "v=2&en=a&dl=" + url_of(9000)));

    EXPECT_EQ(event.page_location, url_of(8192));
}

}  // namespace
}  // namespace pinrelay::decode
