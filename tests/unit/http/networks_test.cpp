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

TEST(AddressAsText, IsTheAddressesOwn) {
    for (const char* text : {"0.0.0.0", "192.0.2.1", "203.0.113.255", "255.255.255.255", "::1", "2001:db8::a:0:1"})
        EXPECT_EQ(to_text(make_address(text)), text);
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

TEST(ClientNetworks, AreTheAddressOfIpv4Alone) {
    EXPECT_EQ(client_networks(at("192.0.2.1")), client_networks(at("::ffff:192.0.2.1")));
    EXPECT_NE(client_networks(at("192.0.2.1")), client_networks(at("192.0.2.2")));
    EXPECT_EQ(client_networks(at("192.0.2.1")).count, 1U);
}

TEST(ClientNetworks, AreThe64The56AndThe48OfIpv6) {
    // How many of the networks of two addresses are the same.
    const auto shared = [](const char* one, const char* other) {
        const ClientNetworks a = client_networks(at(one));
        const ClientNetworks b = client_networks(at(other));
        EXPECT_EQ(a.count, 3U);
        int same = 0;
        for (std::size_t i = 0; i < a.count; ++i) same += a.keys[i] == b.keys[i] ? 1 : 0;
        return same;
    };
    EXPECT_EQ(shared("2001:db8:1:2::1", "2001:db8:1:2:ffff::2"), 3);
    EXPECT_EQ(shared("2001:db8:1:2::1", "2001:db8:1:ff::1"), 2);
    EXPECT_EQ(shared("2001:db8:1:2::1", "2001:db8:1:102::1"), 1);
    EXPECT_EQ(shared("2001:db8:1:2::1", "2001:db8:2:2::1"), 0);
}

TEST(ClientNetworks, OfDifferentWidthsHaveDifferentKeys) {
    for (const char* address :
         {"2001:db8::", "2001:db8:1::", "fc00::", "fd00:1:2:300::", "fe80::", "::1", "64:ff9b::"}) {
        const auto [keys, count] = client_networks(at(address));
        for (const char* other : {"2001:db8::1", "fc00::1", "fd00:1:2:3ff::", "fe80::1", "::1", "192.0.2.1"}) {
            const auto networks = client_networks(at(other));
            for (std::size_t i = 0; i < count; ++i) {
                for (std::size_t j = 0; j < networks.count; ++j) {
                    if (i != j) {
                        EXPECT_NE(keys[i], networks.keys[j]) << address << ' ' << other;
                    }
                }
            }
        }
    }
}

}  // namespace
}  // namespace pinrelay::http
