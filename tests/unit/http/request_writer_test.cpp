#include "pinrelay/http/request_writer.hpp"

#include <gtest/gtest.h>

namespace pinrelay::http {
namespace {

Request post_request() {
    Request request;
    request.method = "POST";
    request.path = "/v5/events";
    request.headers = {{"Authorization", "Bearer secret"}};
    request.body = "{}";
    return request;
}

TEST(RequestWriter, WritesARequest) {
    Request request = post_request();
    request.query = "test=true";

    EXPECT_EQ(problem_of_request(request), std::nullopt);
    EXPECT_EQ(request_bytes(request, "h:1"),
              "POST /v5/events?test=true HTTP/1.1\r\nHost: h:1\r\nAuthorization: Bearer secret\r\nContent-Length: "
              "2\r\n\r\n{}");
}

TEST(RequestWriter, GivesAGetWithoutBodyNoLength) {
    EXPECT_EQ(request_bytes(Request{"GET", "/", "", {}, "", {}, {}}, "h"), "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
}

TEST(RequestWriter, KeepsFramingToItself) {
    Request request = post_request();
    request.headers = {
        {"host", "evil"}, {"content-length", "9"}, {"Transfer-Encoding", "chunked"}, {"connection", "close"}};

    EXPECT_EQ(request_bytes(request, "h"), "POST /v5/events HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n{}");
}

TEST(RequestWriter, RefusesTextThatWouldBecomeAHeaderLine) {
    const auto is_refused = [](auto change) {
        Request request = post_request();
        change(request);
        return problem_of_request(request).has_value();
    };

    EXPECT_TRUE(is_refused([](Request& r) { r.method = "GET /"; }));
    EXPECT_TRUE(is_refused([](Request& r) { r.path = "v5"; }));
    EXPECT_TRUE(is_refused([](Request& r) { r.path = "/a b"; }));
    EXPECT_TRUE(is_refused([](Request& r) { r.path = "/a\r\nX: y"; }));
    EXPECT_TRUE(is_refused([](Request& r) { r.query = "a\nb"; }));
    EXPECT_TRUE(is_refused([](Request& r) { r.headers[0].first = "X\r\nY"; }));
    EXPECT_TRUE(is_refused([](Request& r) { r.headers[0].second = "a\r\nX: y"; }));
}

TEST(RequestWriter, NamesTheHeaderItRefusesButNotItsValue) {
    Request request = post_request();
    request.headers[0].second = "Bearer secret\n";

    const std::string reason = problem_of_request(request).value_or("");

    EXPECT_NE(reason.find("Authorization"), std::string::npos);
    EXPECT_EQ(reason.find("secret"), std::string::npos);
}

}  // namespace
}  // namespace pinrelay::http
