#include "net/client/origin.hpp"

#include <gtest/gtest.h>

#include "pinrelay/net/client.hpp"

namespace pinrelay::net {
namespace {

TEST(Origin, ReadsSchemeHostAndPort) {
    const auto pinterest = parse_origin("https://api.pinterest.com");
    const auto local = parse_origin("HTTP://[::1]:8081/");

    ASSERT_TRUE(pinterest && local);
    EXPECT_TRUE(pinterest->tls);
    EXPECT_EQ(pinterest->port, 443);
    EXPECT_FALSE(pinterest->literal);
    EXPECT_EQ(pinterest->authority(), "api.pinterest.com");
    EXPECT_FALSE(local->tls);
    EXPECT_TRUE(local->literal);
    EXPECT_EQ(local->authority(), "[::1]:8081");
}

TEST(Origin, TakesHttpsAnywhereAndHttpOnThisMachine) {
    for (const char* origin :
         {"https://api.pinterest.com", "https://10.0.0.1:8443", "https://[2001:db8::1]", "http://localhost:8081",
          "http://LOCALHOST", "http://127.0.0.1", "http://127.255.0.9:1", "http://[::1]:65535"})
        EXPECT_EQ(problem_of_origin(origin), std::nullopt) << origin;
}

TEST(Origin, RefusesHttpToAnyOtherHost) {
    for (const char* origin : {"http://localhost.evil.com", "http://127.0.0.1.evil.com", "http://evil.com",
                               "http://10.0.0.1", "http://0.0.0.0", "http://[::]", "http://[::ffff:127.0.0.1]",
                               "http://127.1", "http://2130706433", "http://localhostx", "http://127.0.0.256"})
        EXPECT_TRUE(problem_of_origin(origin).has_value()) << origin;
}

TEST(Origin, RefusesWhatIsNotAnOrigin) {
    for (const char* origin : {"",
                               "api.pinterest.com",
                               "ftp://a",
                               "https://",
                               "https://a:b",
                               "https://a:0",
                               "https://a:65536",
                               "https://a:",
                               "https://a/v5",
                               "https://a?b",
                               "https://a#b",
                               "https://user@a",
                               "https://[::1",
                               "https://[a]",
                               "https://[::1]x",
                               "https://a b",
                               "https://a\r\nb",
                               "https://a//",
                               "https://:80",
                               "http://localhost@evil.com",
                               "https:/a",
                               "https://[fe80::1%lo]"})
        EXPECT_TRUE(problem_of_origin(origin).has_value()) << origin;
}

}  // namespace
}  // namespace pinrelay::net
