#include "admin/own_hosts.hpp"

#include <gtest/gtest.h>

namespace pinrelay::admin {
namespace {

const std::vector<std::string> none;

TEST(OwnHosts, OnLoopbackAreItsNamesAndAddresses) {
    for (const char* listen : {"127.0.0.1:9090", "localhost:9090", "[::1]:9090", "127.0.0.2:1"}) {
        for (const char* host : {"localhost", "LOCALHOST:9090", "localhost.", "a.localhost", "127.0.0.1",
                                 "127.0.0.1:9090", "127.9.9.9", "[::1]:9090", "[::1]", "[::ffff:127.0.0.1]"})
            EXPECT_TRUE(is_own_host(host, listen, none)) << host << " on " << listen;
        for (const char* host : {"attacker.example", "attacker.example:9090", "relay", "10.0.0.1", "203.0.113.9:9090",
                                 "[2001:db8::1]", "localhost.attacker.example", "127.0.0.1.attacker.example", "",
                                 ":9090", "notlocalhost", "relay.shop.svc", "2130706433", "user@localhost.example"})
            EXPECT_FALSE(is_own_host(host, listen, none)) << host << " on " << listen;
        for (const char* host : {"127.1", "[fe80::1%25lo]:9090", "[::1", "localhost..", "[]"})
            EXPECT_FALSE(is_own_host(host, listen, none)) << host << " on " << listen;
    }
}

TEST(OwnHosts, BeyondLoopbackAreAddressesAndNamesThatThePublicDnsCannotHave) {
    for (const char* listen : {"0.0.0.0:9090", "[::]:9090", ":9090", "10.0.0.1:9090"}) {
        for (const char* host :
             {"localhost", "127.0.0.1:9090", "10.0.0.1:9090", "10.0.0.2", "[2001:db8::1]:9090", "relay:9090", "relay",
              "relay.", "relay.shop.svc:9090", "relay.shop.svc.cluster.local", "host.docker.internal", "box.home.arpa"})
            EXPECT_TRUE(is_own_host(host, listen, none)) << host << " on " << listen;
        for (const char* host : {"attacker.example:9090", "relay.shop", "relay.shop.svc.attacker.example",
                                 "svc.example", "x.locale", "", ":9090", ".", "10.0.0.1.nip.io"})
            EXPECT_FALSE(is_own_host(host, listen, none)) << host << " on " << listen;
    }
}

TEST(OwnHosts, AreThoseOfTheConfiguration) {
    const std::vector<std::string> configured{"metrics.shop.example", "*.ops.example", "dotted.example."};

    EXPECT_TRUE(is_own_host("Metrics.Shop.example:9090", "127.0.0.1:9090", configured));
    EXPECT_TRUE(is_own_host("a.b.ops.example", "127.0.0.1:9090", configured));
    for (const char* host : {"dotted.example", "dotted.example.:9090"})
        EXPECT_TRUE(is_own_host(host, "127.0.0.1:9090", configured)) << host;
    EXPECT_FALSE(is_own_host("ops.example", "127.0.0.1:9090", configured));
    EXPECT_FALSE(is_own_host("x.metrics.shop.example", "127.0.0.1:9090", configured));
}

}  // namespace
}  // namespace pinrelay::admin
