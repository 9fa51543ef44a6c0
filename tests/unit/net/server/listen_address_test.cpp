#include "net/server/listen_address.hpp"

#include <gtest/gtest.h>

#include "pinrelay/net/server.hpp"

namespace pinrelay::net {
namespace {

TEST(ListenAddress, ReadsAddressesWithPorts) {
    const auto v4 = parse_listen_address("127.0.0.1:8080");
    const auto v6 = parse_listen_address("[::1]:0");
    const auto any = parse_listen_address(":80");
    const auto local = parse_listen_address("localhost:1");

    ASSERT_TRUE(v4 && v6 && any && local);
    EXPECT_EQ(v4->address().to_string(), "127.0.0.1");
    EXPECT_EQ(v4->port(), 8080);
    EXPECT_EQ(v6->address().to_string(), "::1");
    EXPECT_EQ(any->address().to_string(), "0.0.0.0");
    EXPECT_TRUE(local->address().is_loopback());
}

TEST(ListenAddress, RefusesOtherTexts) {
    for (const char* text :
         {"", "8080", "a:80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536", "127.0.0.1:-1", "::1:80",
          "[::1]", "[::1:80", "[127.0.0.1]:80", "example.com:80", "127.0.0.1:80 "})
        EXPECT_FALSE(parse_listen_address(text)) << text;
}

TEST(ListenAddress, TwoMeetOnOnePortWhereOneStandsForTheOther) {
    EXPECT_TRUE(listen_addresses_meet("127.0.0.1:9090", "127.0.0.1:9090"));
    EXPECT_TRUE(listen_addresses_meet("0.0.0.0:9090", "127.0.0.1:9090"));
    EXPECT_TRUE(listen_addresses_meet("localhost:9090", ":9090"));
    EXPECT_TRUE(listen_addresses_meet("127.0.0.1:9090", "[::]:9090"));
    EXPECT_TRUE(listen_addresses_meet("[::1]:9090", "[::]:9090"));
    EXPECT_FALSE(listen_addresses_meet("[::1]:9090", "0.0.0.0:9090"));
    EXPECT_FALSE(listen_addresses_meet("127.0.0.1:9090", "127.0.0.2:9090"));
    EXPECT_FALSE(listen_addresses_meet("127.0.0.1:9090", "127.0.0.1:9091"));
    EXPECT_FALSE(listen_addresses_meet("127.0.0.1:0", "127.0.0.1:0"));
    EXPECT_FALSE(listen_addresses_meet("relay:9090", "relay:9090"));
}

}  // namespace
}  // namespace pinrelay::net
