#include "pinrelay/http/message.hpp"

#include <gtest/gtest.h>

namespace pinrelay::http {
namespace {

Request request_for(std::string query) {
    Request request;
    request.query = std::move(query);
    return request;
}

TEST(FindHeader, ComparesNamesWithoutCase) {
    const Headers headers = {{"Content-Type", "text/plain"}, {"X-A", "1"}};

    ASSERT_NE(find_header(headers, "content-type"), nullptr);
    EXPECT_EQ(*find_header(headers, "CONTENT-TYPE"), "text/plain");
    EXPECT_EQ(*find_header(headers, "x-a"), "1");
}

TEST(FindHeader, GivesTheFirstOfSeveral) {
    const Headers headers = {{"a", "first"}, {"A", "second"}};

    EXPECT_EQ(*find_header(headers, "A"), "first");
}

TEST(FindHeader, GivesNothingForPartsOfANameAndForOtherBytes) {
    const Headers headers = {{"Content-Type", "x"}, {"a[", "x"}};

    EXPECT_EQ(find_header(headers, "Content"), nullptr);
    EXPECT_EQ(find_header(headers, "Content-Type2"), nullptr);
    EXPECT_EQ(find_header(headers, ""), nullptr);
    EXPECT_EQ(find_header(headers, "a{"), nullptr);  // differs from '[' by the bit that tells letters' cases apart
    EXPECT_EQ(find_header({}, "a"), nullptr);
}

TEST(FindHeader, IsReachedThroughRequestAndResponse) {
    Request request;
    request.headers = {{"Host", "shop.example"}};
    const Response response{200, {{"ETag", "x"}}, ""};

    EXPECT_EQ(*request.header("host"), "shop.example");
    EXPECT_EQ(*response.header("etag"), "x");
    EXPECT_EQ(response.header("host"), nullptr);
}

TEST(QueryValue, GivesTheFirstValueOfTheKeyDecoded) {
    const auto request = request_for("v=2&en=add+to%20cart&en=second&dl=https%3A%2F%2Fshop.example%2F%3Fa%3Db%26c");

    EXPECT_EQ(request.query_value("v"), "2");
    EXPECT_EQ(request.query_value("en"), "add to cart");
    EXPECT_EQ(request.query_value("dl"), "https://shop.example/?a=b&c");
}

TEST(QueryValue, TellsEmptyFromAbsent) {
    const auto request = request_for("a=&b&=x");

    EXPECT_EQ(request.query_value("a"), "");
    EXPECT_EQ(request.query_value("b"), "");
    EXPECT_EQ(request.query_value(""), "x");
    EXPECT_EQ(request.query_value("c"), std::nullopt);
    EXPECT_EQ(request_for("").query_value("a"), std::nullopt);
}

TEST(QueryValue, ComparesWholeKeys) {
    const auto request = request_for("en=1&e=2&EN=3");

    EXPECT_EQ(request.query_value("e"), "2");
    EXPECT_EQ(request.query_value("n"), std::nullopt);
    EXPECT_EQ(request.query_value("EN"), "3");
}

TEST(QueryValue, KeepsEqualsSignsOfTheValue) { EXPECT_EQ(request_for("a=b=c==").query_value("a"), "b=c=="); }

TEST(QueryValue, DecodesTheKeyToo) {
    EXPECT_EQ(request_for("ep%2Evalue=1").query_value("ep.value"), "1");
    EXPECT_EQ(request_for("a+b=1").query_value("a b"), "1");
}

TEST(QueryValue, PassesOverEmptyPairs) {
    EXPECT_EQ(request_for("&&&a=1&&").query_value("a"), "1");
    EXPECT_EQ(request_for("&&&").query_value("a"), std::nullopt);
}

TEST(PercentDecode, DecodesEscapesInEitherCase) {
    EXPECT_EQ(percent_decode("%2f%2F%c3%A9"), "//é");
    EXPECT_EQ(percent_decode("%00"), std::string("\0", 1));
    EXPECT_EQ(percent_decode("%25%32%46"), "%2F");
    EXPECT_EQ(percent_decode("a+b"), "a b");
    EXPECT_EQ(percent_decode(""), "");
}

TEST(PercentDecode, LeavesBadEscapesAsTheyCame) {
    for (const auto* text : {"%", "%2", "%g0", "%0g", "%-1", "100%", "%u00e9"}) EXPECT_EQ(percent_decode(text), text);
    EXPECT_EQ(percent_decode("%%41"), "%A");
    EXPECT_EQ(percent_decode("%4%41"), "%4A");
}

TEST(JsonResponse, IsJsonThatNobodyStores) {
    const auto response = json_response(201, R"({"a":1})");

    EXPECT_EQ(response.status, 201);
    EXPECT_EQ(*response.header("Content-Type"), "application/json");
    EXPECT_EQ(*response.header("Cache-Control"), "no-store");
    EXPECT_EQ(response.body, R"({"a":1})");
}

TEST(ErrorResponse, NamesCodeFieldAndMessage) {
    const auto response = error_response(400, "missing_field", "/events/0/name", "an event needs a name");

    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(*response.header("Content-Type"), "application/json");
    EXPECT_EQ(response.body,
              R"({"error":{"code":"missing_field","field":"/events/0/name","message":"an event needs a name"}})");
}

TEST(ErrorResponse, LeavesAnEmptyFieldOut) {
    EXPECT_EQ(error_response(404, "not_found", "", "no such path").body,
              R"({"error":{"code":"not_found","message":"no such path"}})");
}

TEST(ErrorResponse, EscapesWhatClientsCanWriteIntoAField) {
    EXPECT_EQ(error_response(400, "c", "a\"b\\\n\xff", "m").body,
              "{\"error\":{\"code\":\"c\",\"field\":\"a\\\"b\\\\\\n\uFFFD\",\"message\":\"m\"}}");
}

}  // namespace
}  // namespace pinrelay::http
