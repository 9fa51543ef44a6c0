#include "ingest/outcome/answer.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace pinrelay::ingest {
namespace {

http::Request request(std::string method, std::string query, http::Headers headers = {}) {
    http::Request request;
    request.method = std::move(method);
    request.path = "/collect";
    request.query = std::move(query);
    request.headers = std::move(headers);
    return request;
}

struct AnsweredClient {
    const char* name;
    http::Request request;
    int status;
    std::string type;  // "" where there is no body
    friend void PrintTo(const AnsweredClient& client, std::ostream* out) { *out << client.name; }
};

class Accepted : public testing::TestWithParam<AnsweredClient> {};

TEST_P(Accepted, IsAnsweredAsTheClientCanUse) {
    const auto response = accepted(GetParam().request);

    EXPECT_EQ(response.status, GetParam().status);
    const std::string* type = response.header("Content-Type");
    EXPECT_EQ(type == nullptr ? "" : *type, GetParam().type);
    EXPECT_EQ(response.body.empty(), GetParam().type.empty());
    ASSERT_NE(response.header("Cache-Control"), nullptr);
    EXPECT_EQ(*response.header("Cache-Control"), "no-store");
}

INSTANTIATE_TEST_SUITE_P(
    Clients, Accepted,
    testing::Values(
        AnsweredClient{"gtag_get_listening", request("GET", "v=2&en=a&richsstsse", {{"Accept", "*/*"}}), 200,
                       "text/event-stream"},
        AnsweredClient{"gtag_post_listening", request("POST", "v=2&richsstsse", {{"Accept", "*/*"}}), 200,
                       "text/event-stream"},
        AnsweredClient{"gtag_batch", request("POST", "v=2&tid=G-1", {{"Accept", "*/*"}}), 204, ""},
        AnsweredClient{"gtag_beacon", request("POST", "v=2&en=a"), 204, ""},
        AnsweredClient{
            "gtag_pixel",
            request("GET", "v=2&en=a", {{"Accept", "image/avif,image/webp,*/*;q=0.8"}, {"Sec-Fetch-Dest", "image"}}),
            200, "image/gif"},
        AnsweredClient{"data_tag_pixel", request("GET", "v=2&event=a&dtdc=e30", {{"Sec-Fetch-Dest", "image"}}), 200,
                       "image/gif"},
        AnsweredClient{"image_without_accept", request("GET", "event_name=a"), 200, "image/gif"},
        AnsweredClient{"data_tag_fetch", request("POST", "v=2&event_name=a", {{"Accept", "*/*"}}), 204, ""},
        AnsweredClient{"json_get", request("GET", "event_name=a", {{"Accept", "application/json, text/plain, */*"}}),
                       204, ""},
        AnsweredClient{"php_ga4", request("POST", "measurement_id=G-1", {{"Accept", "application/json"}}), 204, ""},
        AnsweredClient{"axios_urllib", request("POST", "", {{"User-Agent", "axios/1.7.2"}}), 204, ""},
        AnsweredClient{"sgtm_json_tag_put", request("PUT", ""), 204, ""}),
    [](const auto& one) { return std::string(one.param.name); });

TEST(AsksForJson, IsAClientThatWantsNothingElse) {
    for (const char* accept : {"application/json", "application/json; charset=utf-8", "Application/JSON"})
        EXPECT_TRUE(asks_for_json(request("POST", "", {{"Accept", accept}}))) << accept;
    for (const char* accept : {"*/*", "application/json, text/plain, */*", "text/html", ""})
        EXPECT_FALSE(asks_for_json(request("POST", "", {{"Accept", accept}}))) << accept;
    EXPECT_FALSE(asks_for_json(request("POST", "")));
}

// GIF89a, one by one pixel, up to the trailer.
TEST(AcceptedAnswer, PixelIsAWholeImage) {
    const std::string pixel = accepted(request("GET", "event=a")).body;

    ASSERT_EQ(pixel.size(), 42U);
    EXPECT_EQ(pixel.substr(0, 6), "GIF89a");
    EXPECT_EQ(pixel.substr(6, 4), std::string("\x01\x00\x01\x00", 4));
    EXPECT_EQ(pixel.back(), ';');
}

TEST(AcceptedAnswer, StreamAsksTheTagForNothing) {
    EXPECT_EQ(accepted(request("GET", "richsstsse")).body,
              "event: message\ndata: {\"send_pixel\":[],\"options\":{}}\n\n");
}

}  // namespace
}  // namespace pinrelay::ingest
