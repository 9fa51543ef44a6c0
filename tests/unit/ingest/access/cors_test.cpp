#include "ingest/access/cors.hpp"

#include <gtest/gtest.h>

namespace pinrelay::ingest {
namespace {

http::Request request_of(std::string origin, http::Headers more = {}) {
    http::Request request;
    request.headers = std::move(more);
    request.headers.emplace_back("Origin", std::move(origin));
    return request;
}

TEST(Cors, AnswersAListedOriginWithCredentials) {
    const Cors cors({"https://shop.example"});
    http::Response response;

    cors.apply(request_of("https://shop.example"), response);

    EXPECT_EQ(*response.header("Access-Control-Allow-Origin"), "https://shop.example");
    EXPECT_EQ(*response.header("Access-Control-Allow-Credentials"), "true");
    EXPECT_EQ(*response.header("Vary"), "Origin");
}

TEST(Cors, GivesOtherOriginsNothing) {
    const Cors cors({"https://shop.example"});

    for (const char* origin : {"https://shop.example.evil.example", "http://shop.example", "https://SHOP.example",
                               "https://shop.example:8443", "null", ""}) {
        http::Response response;
        cors.apply(request_of(origin), response);
        EXPECT_EQ(response.header("Access-Control-Allow-Origin"), nullptr) << origin;
    }
}

TEST(Cors, AnyOriginComesWithoutCredentials) {
    const Cors cors({"*"});
    http::Response response;

    cors.apply(request_of("https://a.example"), response);

    EXPECT_EQ(*response.header("Access-Control-Allow-Origin"), "*");
    EXPECT_EQ(response.header("Access-Control-Allow-Credentials"), nullptr);
}

TEST(Cors, PreflightAllowsTheHeadersThatWereAskedFor) {
    const Cors cors({"https://shop.example"});

    const auto response = cors.preflight(
        request_of("https://shop.example", {{"Access-Control-Request-Headers", "content-type, x-shop-id"}}));

    EXPECT_EQ(response.status, 204);
    EXPECT_EQ(*response.header("Access-Control-Allow-Headers"), "content-type, x-shop-id");
    EXPECT_NE(response.header("Access-Control-Max-Age"), nullptr);
}

TEST(Cors, PreflightNeverEchoesWhatIsNoHeaderName) {
    const Cors cors({"https://shop.example"});

    const auto response = cors.preflight(
        request_of("https://shop.example", {{"Access-Control-Request-Headers", "x: y\r\nSet-Cookie: a=b"}}));

    EXPECT_EQ(*response.header("Access-Control-Allow-Headers"), "content-type");
}

TEST(Cors, PreflightOfAnUnlistedOriginGrantsNothing) {
    const Cors cors({"https://shop.example"});

    const auto response = cors.preflight(request_of("https://evil.example"));

    EXPECT_EQ(response.status, 204);
    EXPECT_EQ(response.header("Access-Control-Allow-Origin"), nullptr);
    EXPECT_EQ(response.header("Access-Control-Allow-Methods"), nullptr);
}

TEST(Cors, AnswersAnOriginWithADotAtTheEndOfItsHostByItsOwnSpelling) {
    const Cors cors({"https://shop.example", "https://shop.example:8443"});
    http::Response response;
    http::Response with_port;

    cors.apply(request_of("https://shop.example."), response);
    cors.apply(request_of("https://shop.example.:8443"), with_port);

    EXPECT_EQ(*response.header("Access-Control-Allow-Origin"), "https://shop.example.");
    EXPECT_EQ(*with_port.header("Access-Control-Allow-Origin"), "https://shop.example.:8443");
}

}  // namespace
}  // namespace pinrelay::ingest
