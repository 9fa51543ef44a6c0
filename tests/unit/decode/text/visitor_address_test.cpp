#include "decode/text/visitor_address.hpp"

#include <gtest/gtest.h>

#include <string>

#include "fixtures/decoding.hpp"
#include "pinrelay/decode/warnings.hpp"

namespace pinrelay::decode {
namespace {

TEST(VisitorAddress, IsFoundHoweverItIsWritten) {
    const std::pair<const char*, const char*> cases[] = {
        {"203.0.113.9", "203.0.113.9"},
        {" 203.0.113.9 ", "203.0.113.9"},
        {"203.0.113.9:51724", "203.0.113.9"},
        {"[2001:db8::1]:443", "2001:db8::1"},
        {"[2001:db8::1]", "2001:db8::1"},
        {"2001:DB8:0:0::1", "2001:db8::1"},
        {"\"[2001:db8::1]:443\"", "2001:db8::1"},
        {"203.0.113.9, 10.0.0.4", "203.0.113.9"},
        {"10.0.0.4, 203.0.113.9", "203.0.113.9"},
        {"unknown, 203.0.113.9:80, 198.51.100.7", "203.0.113.9"},
        {"203.0.113.9,", "203.0.113.9"},
        {"::ffff:203.0.113.9", "203.0.113.9"},
        {"[::ffff:203.0.113.9]:80", "203.0.113.9"},
    };
    for (const auto& [text, address] : cases) EXPECT_EQ(visitor_address(text), address) << text;
}

TEST(VisitorAddress, IsNothingElse) {
    for (const char* text : {"", "10.0.0.4", "127.0.0.1:80", "[::1]:443", "localhost", "203.0.113", "203.0.113.9:80:90",
                             "[]", "[", ",", "::", "203.0.113.9 198.51.100.7", "fe80::1%eth0"}) {
        EXPECT_EQ(visitor_address(text), std::nullopt) << text;
    }
}

TEST(VisitorAddress, SaysWhyThereIsNone) {
    const std::pair<const char*, const char*> cases[] = {
        {"10.0.0.4", "is an address of a private network (10.0.0.4)"},
        {"172.31.0.1", "is an address of a private network (172.31.0.1)"},
        {"192.168.1.1:80", "is an address of a private network (192.168.1.1)"},
        {"fd00::1", "is an address of a private network (fd00::1)"},
        {"127.0.0.1", "is a loopback address (127.0.0.1)"},
        {"::1", "is a loopback address (::1)"},
        {"100.64.0.1", "is an address behind a carrier's translation (100.64.0.0/10) (100.64.0.1)"},
        {"169.254.1.1", "is a link-local address (169.254.1.1)"},
        {"fe80::1", "is a link-local address (fe80::1)"},
        {"0.0.0.0", "is the unspecified address (0.0.0.0)"},
        {"224.0.0.1", "is a multicast address (224.0.0.1)"},
        {"240.0.0.1", "is an address of a reserved block (240.0.0.1)"},
        {"jane@example.com", "cannot be read as an address"},
    };
    for (const auto& [text, why] : cases) EXPECT_EQ(why_no_visitor_address(text), why) << text;
}

TEST(AddressOfAnEvent, IsTakenFromTheFirstKeyThatHoldsOne) {
    EXPECT_EQ(
        test::decode_event(R"({"event":"a","ip_override":"10.0.0.4","user_data":{"client_ip_address":"203.0.113.9"}})")
            .ip_address,
        "203.0.113.9");
    EXPECT_EQ(test::decode_event(R"({"event":"a","user_data":{"ip_address":"203.0.113.9:1"}})").ip_address,
              "203.0.113.9");
    EXPECT_EQ(test::decode_event(test::post("", "v=2&en=a&_uip=203.0.113.9%3A51724")).ip_address, "203.0.113.9");
}

TEST(AddressOfAnEvent, ThatNobodyCanHaveIsSaidToBeLeftOut) {
    const auto event = test::decode_event(R"({"event":"a","user_data":{"client_ip_address":"10.0.0.4"}})");
    const auto garbage = test::decode_event(R"({"event":"a","ip":"jane@example.com"})");
    const auto none = test::decode_event(R"({"event":"a","ip":"unknown","ip_override":""})");

    EXPECT_EQ(event.ip_address, std::nullopt);
    ASSERT_EQ(event.warnings.size(), 1U);
    EXPECT_EQ(event.warnings[0], (model::Warning{warnings::address_not_public, "user_data.client_ip_address",
                                                 "the value is an address of a private network (10.0.0.4)"}));
    EXPECT_EQ(garbage.warnings.at(0).message, "the value cannot be read as an address");
    EXPECT_TRUE(none.warnings.empty());
}

}  // namespace
}  // namespace pinrelay::decode
