#include "http/head_scanner.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace pinrelay::http {
namespace {

using namespace std::string_view_literals;  // bytes after a NUL count
using State = HeadScanner::State;

constexpr std::size_t limit = 1024;
constexpr std::size_t most_fields = 128;

State scan(std::string_view head) { return HeadScanner(limit, most_fields).scan(head); }

State scan_byte_by_byte(std::string_view head) {
    HeadScanner scanner(limit, most_fields);
    for (std::size_t size = 1; size < head.size(); ++size) {
        const State state = scanner.scan(head.substr(0, size));
        if (state != State::NeedMore) return state;
    }
    return scanner.scan(head);
}

TEST(HeadScanner, FindsTheEndOfAHead) {
    const std::string head = "GET /a?b=c HTTP/1.1\r\nHost: a\r\nX-Empty:\r\nX-Tab:\ta\tb\r\nX-Text: \xc3\xa9\r\n\r\n";
    HeadScanner scanner(limit, most_fields);

    const State state = scanner.scan(head + "body\n\n");

    EXPECT_EQ(state, State::Complete);
    EXPECT_EQ(scanner.size(), head.size());
}

TEST(HeadScanner, GivesTheSameResultForBytesThatComeOneByOne) {
    const std::string good = "POST / HTTP/1.0\r\nHost: a\r\n\r\n";
    const std::string bad = "POST / HTTP/1.0\r\nHost : a\r\n\r\n";

    EXPECT_EQ(scan_byte_by_byte(good), State::Complete);
    EXPECT_EQ(scan_byte_by_byte(bad), State::Refused);
}

TEST(HeadScanner, RefusesRequestLinesThatAreNotThreeWordsOfHttp1) {
    const std::vector<std::string> lines = {"",
                                            "GET",
                                            "GET /",
                                            "GET  / HTTP/1.1",
                                            "GET /  HTTP/1.1",
                                            " GET / HTTP/1.1",
                                            "G\tT / HTTP/1.1",
                                            "GET / HTTP/1.1 ",
                                            "GET / http/1.1",
                                            "GET / HTTP/2.0",
                                            "GET / HTTP/1.2",
                                            "GET / HTTP/1",
                                            "GET / HTTP/1.1.1",
                                            "GET /a b HTTP/1.1",
                                            "GET /\xff HTTP/1.1",
                                            "G(T / HTTP/1.1",
                                            "GET\t/\tHTTP/1.1",
                                            "/ GET HTTP/1.1x"};

    for (const auto& line : lines) EXPECT_EQ(scan(line + "\r\n"), State::Refused) << line;
}

TEST(HeadScanner, RefusesHeaderLinesThatTwoParsersCouldReadDifferently) {
    const std::vector<std::string> lines = {
        "Host : a\r\n",       "Host\t: a\r\n",   "Host: a\r\n b\r\n", "Host: a\r\n\tb\r\n", " Host: a\r\n",
        "Host: a\n",          "Host: a\rb\r\n",  ": a\r\n",           "Host\r\n",           "Ho st: a\r\n",
        "H\xc3\xb6st: a\r\n", "Host: a\x01\r\n", "Host: a\x7f\r\n",   "Host: a\r\r\n",      "(x): a\r\n"};

    for (const auto& line : lines) EXPECT_EQ(scan("GET / HTTP/1.1\r\n" + line), State::Refused) << line;
}

TEST(HeadScanner, RefusesANulByte) { EXPECT_EQ(scan("GET / HTTP/1.1\r\nHost: a\0b"sv), State::Refused); }

TEST(HeadScanner, RefusesBinaryNoiseBeforeItsFirstLineEnds) {
    EXPECT_EQ(scan("\x16\x03\x01\x02\x00\x01\x00"sv), State::Refused);
}

TEST(HeadScanner, RefusesACarriageReturnWithinALineWithTheByteBehindIt) {
    HeadScanner scanner(limit, most_fields);
    const std::string head = "GET / HTTP/1.1\r\nHost: a\rb";

    const State at_the_end = scanner.scan(head.substr(0, head.size() - 1));
    const State within = scanner.scan(head);

    EXPECT_EQ(at_the_end, State::NeedMore);
    EXPECT_EQ(within, State::Refused);
}

TEST(HeadScanner, NamesTheLimitThatWasPassed) {
    HeadScanner long_line(limit, most_fields);
    HeadScanner long_header(limit, most_fields);
    HeadScanner many_fields(limit, most_fields);
    std::string fields = "GET / HTTP/1.1\r\n";
    for (int i = 0; i < 200; ++i) fields += "a:\r\n";

    long_line.scan("GET /" + std::string(limit, 'a'));
    long_header.scan("GET / HTTP/1.1\r\nA: " + std::string(limit, 'a'));
    many_fields.scan(fields);

    EXPECT_EQ(long_line.refusal().status, 414);
    EXPECT_EQ(long_header.refusal().status, 431);
    EXPECT_EQ(many_fields.refusal().status, 431);
}

}  // namespace
}  // namespace pinrelay::http
