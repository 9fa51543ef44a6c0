#include "pinrelay/http/response_writer.hpp"

#include <gtest/gtest.h>

namespace pinrelay::http {
namespace {

using std::chrono::sys_days;

Response response(int status, Headers headers, std::string body) {
    Response result;
    result.status = status;
    result.headers = std::move(headers);
    result.body = std::move(body);
    return result;
}

std::string head(const Response& response, bool keep_alive = true, bool say_keep_alive = false) {
    AnswerFrame frame;
    frame.keep_alive = keep_alive;
    frame.say_keep_alive = say_keep_alive;
    frame.date = "now";
    std::string out;
    append_head(out, response, frame);
    return out;
}

TEST(ResponseWriter, WritesStatusFieldsAndLength) {
    EXPECT_EQ(head(response(200, {{"X-One", "two"}}, "hello")),
              "HTTP/1.1 200 OK\r\nDate: now\r\nX-One: two\r\nContent-Length: 5\r\n\r\n");
}

TEST(ResponseWriter, SaysHowTheConnectionGoesOn) {
    const auto answer = response(200, {}, "");

    EXPECT_EQ(head(answer).find("Connection"), std::string::npos);
    EXPECT_NE(head(answer, false, true).find("Connection: close\r\n"), std::string::npos);
    EXPECT_NE(head(answer, true, true).find("Connection: keep-alive\r\n"), std::string::npos);
}

TEST(ResponseWriter, GivesNoLengthWhereThereIsNoBody) {
    EXPECT_EQ(head(response(204, {}, "")).find("Content-Length"), std::string::npos);
    EXPECT_FALSE(status_allows_body(204));
    EXPECT_FALSE(status_allows_body(304));
    EXPECT_TRUE(status_allows_body(200));
}

TEST(ResponseWriter, GivesNoLengthToABodyThatGoesOn) {
    AnswerFrame frame;
    frame.keep_alive = false;
    frame.is_open = true;
    frame.date = "now";
    std::string out;

    append_head(out, response(200, {}, "first"), frame);

    EXPECT_EQ(out, "HTTP/1.1 200 OK\r\nDate: now\r\nConnection: close\r\n\r\n");
}

TEST(ResponseWriter, LeavesOutFieldsThatWouldSplitTheAnswer) {
    const auto text =
        head(response(200, {{"X-A", "a\r\nX-B: b"}, {"X C", "c"}, {"", "d"}, {"X-E", std::string("e\0", 2)}}, ""));

    EXPECT_EQ(text, head(response(200, {}, "")));
}

TEST(ResponseWriter, LeavesFramingToTheConnection) {
    const auto text =
        head(response(200, {{"content-length", "99"}, {"Transfer-Encoding", "chunked"}, {"connection", "x"}}, "a"));

    EXPECT_EQ(text, head(response(200, {}, "a")));
}

TEST(ResponseWriter, WritesAnUnknownStatusWithoutAPhrase) {
    EXPECT_TRUE(head(response(299, {}, "")).starts_with("HTTP/1.1 299 \r\n"));
}

TEST(HttpDate, WritesTheFormOfRfc9110) {
    const Time time = sys_days{std::chrono::year{1994} / 11 / 6} + std::chrono::hours(8) + std::chrono::minutes(49) +
                      std::chrono::seconds(37) + std::chrono::milliseconds(999);

    EXPECT_EQ(http_date(time), "Sun, 06 Nov 1994 08:49:37 GMT");
}

}  // namespace
}  // namespace pinrelay::http
