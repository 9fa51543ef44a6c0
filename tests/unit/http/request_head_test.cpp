#include "pinrelay/http/request_head.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace pinrelay::http {
namespace {

const std::pair<std::string, std::string> host{"Host", "relay.example"};

std::optional<Framing> judge(Headers headers, Version version = Version::Http11) {
    Refusal ignored;
    return judge_framing(version, headers, ignored);
}

TEST(JudgeFraming, ReadsALengthOrTheChunkedCoding) {
    const auto none = judge({host});
    const auto length = judge({host, {"content-length", "42"}});
    const auto chunked = judge({host, {"transfer-encoding", "Chunked"}});

    ASSERT_TRUE(none && length && chunked);
    EXPECT_FALSE(none->has_body());
    EXPECT_EQ(length->content_length, 42u);
    EXPECT_TRUE(chunked->chunked);
}

TEST(JudgeFraming, RefusesEveryLengthThatIsNotOneRowOfDigits) {
    for (const char* length : {"", "+5", "-5", "5,5", "5, 5", "0x5", "5 5", "5.0", "five", "99999999999999999999999"})
        EXPECT_FALSE(judge({host, {"Content-Length", length}})) << length;
    EXPECT_FALSE(judge({host, {"Content-Length", "5"}, {"Content-Length", "5"}}));
}

TEST(JudgeFraming, RefusesEveryTransferEncodingButOneChunked) {
    for (const char* coding : {"", "gzip", "identity", "chunked, gzip", "gzip, chunked", "chunked, chunked", "xchunked",
                               "chunked;a", "\"chunked\"", "chunked,", ", chunked", "chunke"})
        EXPECT_FALSE(judge({host, {"Transfer-Encoding", coding}})) << coding;
    EXPECT_FALSE(judge({host, {"Transfer-Encoding", "chunked"}, {"Transfer-Encoding", "chunked"}}));
}

TEST(JudgeFraming, RefusesTwoWaysToSayTheLength) {
    EXPECT_FALSE(judge({host, {"Transfer-Encoding", "chunked"}, {"Content-Length", "5"}}));
    EXPECT_FALSE(judge({host, {"Content-Length", "5"}, {"Transfer-Encoding", "chunked"}}));
}

TEST(JudgeFraming, RefusesChunkedInHttp10) {
    EXPECT_FALSE(judge({host, {"Transfer-Encoding", "chunked"}}, Version::Http10));
}

TEST(JudgeFraming, WantsExactlyOneHost) {
    EXPECT_FALSE(judge({}));
    EXPECT_FALSE(judge({host, host}));
    EXPECT_TRUE(judge({}, Version::Http10));
    EXPECT_FALSE(judge({host, host}, Version::Http10));
}

TEST(JudgeFraming, TakesHostsThatAreHosts) {
    for (const char* good : {"a", "a.b-c.d", "a:80", "127.0.0.1:8080", "[::1]", "[::1]:80", "a_b", "a:"})
        EXPECT_TRUE(judge({{"Host", good}})) << good;
    for (const char* bad :
         {"", "a b", "a,b", "a@b", "http://a", "a/b", "a:b", ":80", "[::1", "[::1]x", "a:123456", "[]", "a\\b"})
        EXPECT_FALSE(judge({{"Host", bad}})) << bad;
}

TEST(JudgeFraming, KnowsOneExpectation) {
    Refusal why;

    const auto expected = judge({host, {"Expect", "100-Continue"}, {"Content-Length", "5"}});
    const auto without_body = judge({host, {"Expect", "100-continue"}});
    const auto unknown = judge_framing(Version::Http11, {host, {"Expect", "tea"}}, why);

    ASSERT_TRUE(expected && without_body);
    EXPECT_TRUE(expected->expects_continue);
    EXPECT_FALSE(without_body->expects_continue);
    EXPECT_FALSE(unknown);
    EXPECT_EQ(why.status, 417);
}

struct Target {
    std::string text;
    std::string path;
    std::string query;
};

TEST(SplitTarget, TakesOriginAndAbsoluteForm) {
    const std::vector<Target> targets = {{"/", "/", ""},
                                         {"/a/b?c=d?e", "/a/b", "c=d?e"},
                                         {"/%2e%2e/a", "/%2e%2e/a", ""},
                                         {"//a", "//a", ""},
                                         {"http://h/a?b", "/a", "b"},
                                         {"HTTP://h:80", "/", ""},
                                         {"https://[::1]?b", "/", "b"}};

    for (const auto& target : targets) {
        std::string path = "stale";
        std::string query = "stale";

        const bool taken = split_target(target.text, path, query);

        EXPECT_TRUE(taken) << target.text;
        EXPECT_EQ(path, target.path) << target.text;
        EXPECT_EQ(query, target.query) << target.text;
    }
}

TEST(SplitTarget, RefusesOtherForms) {
    std::string path;
    std::string query;

    for (const char* target :
         {"*", "a", "?a", "h:80", "http://", "http:///a", "http://u@h/", "ftp://h/", "/a#b", "http:/a"})
        EXPECT_FALSE(split_target(target, path, query)) << target;
}

}  // namespace
}  // namespace pinrelay::http
