#include "pinrelay/http/response_parser.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>

namespace pinrelay::http {
namespace {

using ResponseProgress = ResponseParser::Progress;

constexpr std::size_t answer_limit = 100;
constexpr std::size_t in_one_piece = 1 << 20;

ResponseProgress feed(ResponseParser& parser, std::string_view bytes, std::size_t piece = in_one_piece) {
    ResponseProgress progress = parser.advance();
    while (progress == ResponseProgress::NeedMore && !bytes.empty()) {
        const auto room = parser.prepare();
        const std::size_t size = std::min({room.size(), piece, bytes.size()});
        std::memcpy(room.data(), bytes.data(), size);
        parser.commit(size);
        bytes.remove_prefix(size);
        progress = parser.advance();
    }
    return progress;
}

ResponseProgress outcome(std::string_view bytes, std::size_t piece = in_one_piece) {
    ResponseParser parser(false, answer_limit);
    const ResponseProgress progress = feed(parser, bytes, piece);
    return progress == ResponseProgress::NeedMore ? parser.end_of_stream() : progress;
}

TEST(ResponseParser, ReadsAnAnswerByItsLength) {
    ResponseParser parser(false, answer_limit);

    const auto progress = feed(parser, "HTTP/1.1 429 Too Many\r\nRetry-After: 7\r\nContent-Length: 2\r\n\r\n{}");

    ASSERT_EQ(progress, ResponseProgress::Complete);
    EXPECT_EQ(parser.response().status, 429);
    EXPECT_EQ(*parser.response().header("retry-after"), "7");
    EXPECT_EQ(parser.response().body, "{}");
    EXPECT_TRUE(parser.keep_alive());
}

TEST(ResponseParser, ReadsChunksWhateverThePieces) {
    const std::string bytes =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nX: y\r\n\r\n";

    for (const std::size_t piece : {std::size_t{1}, std::size_t{3}, in_one_piece}) {
        ResponseParser parser(false, answer_limit);

        ASSERT_EQ(feed(parser, bytes, piece), ResponseProgress::Complete);
        EXPECT_EQ(parser.response().body, "abcde");
        EXPECT_EQ(parser.response().header("X"), nullptr);
        EXPECT_TRUE(parser.keep_alive());
    }
}

TEST(ResponseParser, SkipsInterimAnswers) {
    ResponseParser parser(false, answer_limit);

    const auto progress =
        feed(parser, "HTTP/1.1 100 Continue\r\nX: y\r\n\r\nHTTP/1.1 103 \r\n\r\nHTTP/1.1 204 \r\n\r\n");

    ASSERT_EQ(progress, ResponseProgress::Complete);
    EXPECT_EQ(parser.response().status, 204);
    EXPECT_TRUE(parser.response().headers.empty());
}

TEST(ResponseParser, ExpectsNoBodyAfterHead) {
    ResponseParser parser(true, answer_limit);

    EXPECT_EQ(feed(parser, "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n"), ResponseProgress::Complete);
    EXPECT_TRUE(parser.keep_alive());
}

TEST(ResponseParser, TakesABodyThatEndsWithTheConnection) {
    ResponseParser parser(false, answer_limit);

    EXPECT_EQ(feed(parser, "HTTP/1.1 200 OK\r\n\r\nabc"), ResponseProgress::NeedMore);
    EXPECT_EQ(parser.end_of_stream(), ResponseProgress::Complete);
    EXPECT_EQ(parser.response().body, "abc");
    EXPECT_FALSE(parser.keep_alive());
}

TEST(ResponseParser, KeepsNoConnectionThatSendsMoreThanItsAnswer) {
    ResponseParser parser(false, answer_limit);

    EXPECT_EQ(feed(parser, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}HTTP/1.1 200 OK\r\n"),
              ResponseProgress::Complete);
    EXPECT_FALSE(parser.keep_alive());
}

TEST(ResponseParser, KeepsNoConnectionThatThePeerCloses) {
    ResponseParser closing(false, answer_limit);
    ResponseParser old(false, answer_limit);

    feed(closing, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    feed(old, "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n");

    EXPECT_FALSE(closing.keep_alive());
    EXPECT_FALSE(old.keep_alive());
}

TEST(ResponseParser, RefusesAnswersCutShort) {
    const std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

    for (std::size_t size = 0; size < answer.size(); ++size)
        EXPECT_EQ(outcome(answer.substr(0, size)), ResponseProgress::Malformed) << size;
    EXPECT_EQ(outcome("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"),
              ResponseProgress::Malformed);
}

TEST(ResponseParser, RefusesMalformedAnswers) {
    for (const char* answer : {"garbage\r\n\r\n", "HTTP/2.0 200 OK\r\n\r\n", "HTTP/1.1 20 OK\r\n\r\n",
                               "HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
                               "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
                               "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}}",
                               "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                               "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
                               "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                               "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyzzy\r\n\r\n"}) {
        EXPECT_EQ(outcome(answer), ResponseProgress::Malformed) << answer;
        EXPECT_EQ(outcome(answer, 1), ResponseProgress::Malformed) << answer;
    }
}

TEST(ResponseParser, BoundsHeaderBodyAndTrailer) {
    const std::string head = "HTTP/1.1 200 OK\r\n";
    std::string fields;
    for (int i = 0; i < 10'000; ++i) fields += "X-Field: value\r\n";
    const std::string flood(70'000, 'a');

    EXPECT_EQ(outcome(head + fields, 1000), ResponseProgress::Malformed);
    EXPECT_EQ(outcome(head + "X: " + flood), ResponseProgress::Malformed);
    EXPECT_EQ(outcome(head + "Content-Length: 101\r\n\r\n"), ResponseProgress::Malformed);
    EXPECT_EQ(outcome(head + "\r\n" + std::string(101, 'a')), ResponseProgress::Malformed);
    EXPECT_EQ(outcome(head + "Transfer-Encoding: chunked\r\n\r\n65\r\n" + std::string(101, 'a')),
              ResponseProgress::Malformed);
    EXPECT_EQ(outcome(head + "Transfer-Encoding: chunked\r\n\r\n0\r\nX: " + flood), ResponseProgress::Malformed);
}

}  // namespace
}  // namespace pinrelay::http
