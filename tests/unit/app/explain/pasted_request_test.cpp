#include "app/explain/pasted_request.hpp"

#include <gtest/gtest.h>

namespace pinrelay::app {
namespace {

PastedRequest read(std::string_view text, const Pasting& pasting = {}) {
    auto pasted = request_of_text(text, pasting);
    if (const auto* problem = std::get_if<std::string>(&pasted)) {
        ADD_FAILURE() << *problem;
        return {};
    }
    return std::get<PastedRequest>(std::move(pasted));
}

std::string problem(std::string_view text) {
    const auto pasted = request_of_text(text, {});
    const auto* found = std::get_if<std::string>(&pasted);
    return found == nullptr ? "" : *found;
}

std::string header(const http::Request& request, std::string_view name) {
    const std::string* value = request.header(name);
    return value == nullptr ? "" : *value;
}

TEST(PastedRequest, IsABodyWhereItIsNothingElse) {
    const auto pasted = read("{\"event\":\"purchase\"}\n", {"/events", {{"Cookie", "_epik=a"}}, "198.51.100.7"});

    EXPECT_EQ(pasted.kind, "a body");
    EXPECT_EQ(pasted.request.method, "POST");
    EXPECT_EQ(pasted.request.path, "/events");
    EXPECT_EQ(pasted.request.body, "{\"event\":\"purchase\"}\n");
    EXPECT_EQ(header(pasted.request, "Cookie"), "_epik=a");
    EXPECT_EQ(pasted.request.peer_address, "198.51.100.7");
}

TEST(PastedRequest, TakesTheParametersOfAUrl) {
    const auto pasted = read(" https://shop.example:8443/g/collect?v=2&en=purchase#end\n");

    EXPECT_EQ(pasted.kind, "a URL");
    EXPECT_EQ(pasted.request.method, "GET");
    EXPECT_EQ(pasted.request.path, "/collect");
    EXPECT_EQ(pasted.request.query, "v=2&en=purchase");
    EXPECT_EQ(header(pasted.request, "Host"), "shop.example:8443");
    EXPECT_EQ(pasted.request.peer_address, "127.0.0.1");
    EXPECT_NE(problem("https://shop.example/g/collect"), "");
}

TEST(PastedRequest, TakesARecordedRequestWithTheLengthThatItsBodyHas) {
    for (const std::string end : {"\n", "\r\n"}) {
        const auto pasted = read("POST /g/collect?v=2 HTTP/1.1" + end + "Host: shop.example" + end +
                                 "Content-Length: 999" + end + end + "{\"a\":1}");

        EXPECT_EQ(pasted.kind, "a recorded request");
        EXPECT_EQ(pasted.request.method, "POST");
        EXPECT_EQ(pasted.request.path, "/g/collect");
        EXPECT_EQ(pasted.request.query, "v=2");
        EXPECT_EQ(header(pasted.request, "Host"), "shop.example");
        EXPECT_EQ(pasted.request.body, "{\"a\":1}");
    }
}

TEST(PastedRequest, TakesARecordedRequestWithoutABody) {
    const auto pasted = read("GET /collect?en=a HTTP/1.1\nHost: shop.example\n");

    EXPECT_EQ(pasted.request.method, "GET");
    EXPECT_EQ(pasted.request.body, "");
}

TEST(PastedRequest, TakesALongRecordedBody) {
    const std::string body(300'000, 'a');

    EXPECT_EQ(read("POST /collect HTTP/1.1\nHost: a\n\n" + body).request.body, body);
}

TEST(PastedRequest, SaysWhatIsWrongWithARecordedRequest) {
    EXPECT_NE(problem("POST /collect HTTP/1.1\nHost: a\nHost: b\n\n{}"), "");
    EXPECT_NE(problem("POST /collect HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n5\r\nabc"), "");
}

TEST(PastedRequest, TakesACurlCommandAsBrowsersCopyIt) {
    const auto pasted = read(R"(curl 'https://shop.example/collect?a=b' \
  -H 'content-type: application/json' -A "Mozilla/5.0" -b '_epik=x' \
  --data-raw $'{"event":"purchase\u0021"}' --compressed)");

    EXPECT_EQ(pasted.kind, "a curl command");
    EXPECT_EQ(pasted.request.method, "POST");
    EXPECT_EQ(pasted.request.query, "a=b");
    EXPECT_EQ(header(pasted.request, "Content-Type"), "application/json");
    EXPECT_EQ(header(pasted.request, "User-Agent"), "Mozilla/5.0");
    EXPECT_EQ(header(pasted.request, "Cookie"), "_epik=x");
    EXPECT_EQ(pasted.request.body, R"({"event":"purchase!"})");
}

TEST(PastedRequest, TakesACurlCommandWithoutDataAsGet) {
    const auto pasted = read("curl 'https://shop.example/collect?en=a'");

    EXPECT_EQ(pasted.request.method, "GET");
    EXPECT_EQ(header(pasted.request, "User-Agent"), "curl/8");
}

TEST(PastedRequest, SaysWhatIsWrongWithACurlCommand) {
    EXPECT_NE(problem("curl 'https://a.example"), "");
    EXPECT_NE(problem("curl https://a.example/collect -d @file.json"), "");
    EXPECT_NE(problem("curl https://a.example/collect --data-urlencode a=b"), "");
}

TEST(PastedRequest, SaysThatThereIsNothing) { EXPECT_NE(problem(" \n"), ""); }

}  // namespace
}  // namespace pinrelay::app
