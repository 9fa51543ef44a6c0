#include "pinrelay/http/request_parser.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace pinrelay::http {
namespace {

using Progress = RequestParser::Progress;

constexpr std::size_t header_limit = 1024;
constexpr std::size_t body_limit = 100;
constexpr ParserLimits limits{header_limit, 128, body_limit};

struct Outcome {
    std::vector<Request> requests;
    int refused = 0;  // its status; 0 when all went well
};

// Gives the bytes to a parser in pieces of that size and lets it run as a connection would.
Outcome parse(std::string_view bytes, std::size_t piece) {
    RequestParser parser(limits);
    Outcome outcome;
    while (true) {
        const Progress progress = parser.advance();
        if (progress == Progress::Refused) outcome.refused = parser.refusal().status;
        if (progress == Progress::Refused || (progress == Progress::NeedMore && bytes.empty())) return outcome;
        if (progress == Progress::Complete) {
            outcome.requests.push_back(parser.request());
            parser.next();
        }
        if (progress != Progress::NeedMore) continue;
        const auto room = parser.prepare();
        const std::size_t size = std::min({room.size(), piece, bytes.size()});
        std::memcpy(room.data(), bytes.data(), size);
        parser.commit(size);
        bytes.remove_prefix(size);
    }
}

constexpr std::size_t whole = 1 << 20;

const std::string post = "POST /a HTTP/1.1\r\nHost: h\r\n";
const std::string chunked = post + "Transfer-Encoding: chunked\r\n\r\n";

TEST(RequestParser, ReadsARequestWithABody) {
    const auto outcome = parse(post + "Content-Length: 5\r\nX-One:  two \r\n\r\nhello", whole);

    ASSERT_EQ(outcome.requests.size(), 1u);
    EXPECT_EQ(outcome.requests[0].method, "POST");
    EXPECT_EQ(outcome.requests[0].path, "/a");
    EXPECT_EQ(outcome.requests[0].body, "hello");
    EXPECT_EQ(outcome.requests[0].headers.back().second, "two");
}

TEST(RequestParser, ReadsPipelinedRequestsInOrderWhateverThePieces) {
    const std::string bytes = post + "Content-Length: 2\r\n\r\nab" + "\r\n" + chunked +
                              "2\r\ncd\r\n1;x=y\r\ne\r\n0\r\n\r\n" + "GET /b?c HTTP/1.1\r\nHost: h\r\n\r\n";

    for (const std::size_t piece : {std::size_t{1}, std::size_t{2}, std::size_t{3}, std::size_t{7}, whole}) {
        const auto outcome = parse(bytes, piece);

        ASSERT_EQ(outcome.requests.size(), 3u) << piece;
        EXPECT_EQ(outcome.requests[0].body, "ab");
        EXPECT_EQ(outcome.requests[1].body, "cde");
        EXPECT_EQ(outcome.requests[2].query, "c");
    }
}

TEST(RequestParser, ReadsAnEmptyChunkedBodyByteByByte) {
    const auto outcome = parse(chunked + "0\r\n\r\n", 1);

    ASSERT_EQ(outcome.requests.size(), 1u);
    EXPECT_EQ(outcome.requests[0].body, "");
}

TEST(RequestParser, DropsTrailersSoThatTheySupplyNoHeader) {
    const auto outcome = parse(chunked + "1\r\na\r\n0\r\nX-Forwarded-For: 1.2.3.4\r\nConnection: close\r\n\r\n", whole);

    ASSERT_EQ(outcome.requests.size(), 1u);
    EXPECT_EQ(outcome.requests[0].header("X-Forwarded-For"), nullptr);
    EXPECT_EQ(outcome.requests[0].header("Connection"), nullptr);
}

TEST(RequestParser, SaysHeadBeforeTheBodyIsThere) {
    RequestParser parser(limits);
    const std::string head = post + "Content-Length: 5\r\n\r\n";
    std::memcpy(parser.prepare().data(), head.data(), head.size());
    parser.commit(head.size());

    EXPECT_EQ(parser.advance(), Progress::Head);
    EXPECT_FALSE(parser.body_started());
    EXPECT_EQ(parser.advance(), Progress::NeedMore);
}

TEST(RequestParser, RefusesBodiesOverTheLimitAnnouncedOrStreamed) {
    const std::string piece = "32\r\n" + std::string(0x32, 'a') + "\r\n";

    EXPECT_EQ(parse(post + "Content-Length: 101\r\n\r\n", whole).refused, 413);
    EXPECT_EQ(parse(chunked + piece + piece + piece + "0\r\n\r\n", whole).refused, 413);
    EXPECT_EQ(parse(chunked + piece + piece + "0\r\n\r\n", whole).refused, 0);
}

TEST(RequestParser, RefusesTrailersAndExtensionsWithoutEnd) {
    const std::string long_text(64 * 1024, 'a');

    EXPECT_EQ(parse(chunked + "0\r\nX: " + long_text + "\r\n\r\n", whole).refused, 400);
    EXPECT_EQ(parse(chunked + "1;" + long_text + "\r\na\r\n0\r\n\r\n", whole).refused, 400);
    EXPECT_EQ(parse(chunked + "1;" + std::string(300, 'a') + "\r\na\r\n0\r\n\r\n", whole).refused, 400);
}

TEST(RequestParser, RefusesMalformedChunks) {
    const std::vector<std::string> bodies = {"x\r\n",
                                             "-1\r\na\r\n",
                                             "+1\r\na\r\n",
                                             "0x1\r\na\r\n",
                                             " 1\r\na\r\n",
                                             "1 \r\na\r\n",
                                             "1\na\n0\n\n",
                                             "1\r\nab\r\n",
                                             "1\r\na0\r\n\r\n",
                                             "ffffffffffffffff1\r\n",
                                             "\r\n1\r\na\r\n",
                                             ";a\r\n",
                                             "1;=\r\na\r\n",
                                             "1;a\nb\r\na\r\n",
                                             "1\r\na\n0\r\n\r\n",
                                             "0\r\nbad trailer\r\n\r\n",
                                             "1_0\r\naaaa\r\n",
                                             "1;a=\"b\r\na\r\n",
                                             "0\r\nContent-Length: 5\r\n\r\n",
                                             "0\r\nTransfer-Encoding: chunked\r\n\r\n"};

    for (const auto& body : bodies)
        for (const std::size_t piece : {std::size_t{1}, whole}) {
            const auto outcome = parse(chunked + body + "GET /hidden HTTP/1.1\r\nHost: h\r\n\r\n", piece);

            EXPECT_TRUE(outcome.refused == 400 || outcome.refused == 413) << body;
            EXPECT_TRUE(outcome.requests.empty()) << body;
        }
}

TEST(RequestParser, KeepsAConnectionAsVersionAndHeaderSay) {
    const auto keeps = [](const std::string& head) {
        RequestParser parser(limits);
        std::memcpy(parser.prepare().data(), head.data(), head.size());
        parser.commit(head.size());
        EXPECT_EQ(parser.advance(), Progress::Head);
        return parser.keep_alive();
    };

    EXPECT_TRUE(keeps("GET / HTTP/1.1\r\nHost: h\r\n\r\n"));
    EXPECT_FALSE(keeps("GET / HTTP/1.1\r\nHost: h\r\nConnection: Close\r\n\r\n"));
    EXPECT_FALSE(keeps("GET / HTTP/1.0\r\n\r\n"));
    EXPECT_TRUE(keeps("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
}

}  // namespace
}  // namespace pinrelay::http
