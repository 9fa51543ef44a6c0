#include "pinrelay/http/networks.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace pinrelay::http {
namespace {

using boost::asio::ip::address;
using boost::asio::ip::make_address;

address at(const char* text) { return canonical(make_address(text)); }

TEST(Networks, HoldAddressesAndBlocksOfBothKinds) {
    const Networks networks({"192.0.2.1", "10.0.0.0/8", "2001:db8::/32", "::1"});

    for (const char* inside : {"192.0.2.1", "10.255.0.1", "2001:db8:1::1", "::1", "::ffff:10.0.0.1"})
        EXPECT_TRUE(networks.contains(at(inside))) << inside;
    for (const char* outside : {"192.0.2.2", "11.0.0.1", "2001:db9::1", "::2", "::ffff:11.0.0.1"})
        EXPECT_FALSE(networks.contains(at(outside))) << outside;
}

TEST(Networks, HoldNothingWhenEmpty) {
    const Networks networks;

    EXPECT_TRUE(networks.empty());
    EXPECT_FALSE(networks.contains(at("127.0.0.1")));
}

TEST(Networks, NameTheEntryThatIsNone) {
    for (const char* wrong : {"", "10.0.0.0/33", "shop.example", "10.0.0", "2001:db8::/129"}) {
        try {
            const Networks networks({"10.0.0.1", wrong});
            FAIL() << wrong;
        } catch (const std::invalid_argument& refusal) {
            EXPECT_NE(std::string(refusal.what()).find('"' + std::string(wrong) + '"'), std::string::npos);
        }
    }
}

TEST(BareAddress, IsWithoutWhatProxiesWriteAroundIt) {
    for (const char* hop : {"203.0.113.9", " 203.0.113.9\t", "203.0.113.9:443", "\"203.0.113.9:443\""})
        EXPECT_EQ(bare_address(hop), "203.0.113.9") << hop;
    for (const char* hop : {"2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:443", "\"[2001:db8::1]\"", "[2001:db8::1"})
        EXPECT_EQ(bare_address(hop), "2001:db8::1") << hop;
    EXPECT_EQ(bare_address(" unknown "), "unknown");
    EXPECT_EQ(bare_address("[]"), "");
    EXPECT_EQ(bare_address(""), "");
}

TEST(ClientKey, IsTheAddressOfIpv4AndThe64OfIpv6) {
    EXPECT_EQ(client_key(at("192.0.2.1")), client_key(at("::ffff:192.0.2.1")));
    EXPECT_NE(client_key(at("192.0.2.1")), client_key(at("192.0.2.2")));
    EXPECT_EQ(client_key(at("2001:db8:1:2::1")), client_key(at("2001:db8:1:2:ffff::2")));
    EXPECT_NE(client_key(at("2001:db8:1:2::1")), client_key(at("2001:db8:1:3::1")));
}

}  // namespace
}  // namespace pinrelay::http
