#include "ingest/visitor/forwarded.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "ingest/visitor/client_address.hpp"

namespace pinrelay::ingest {
namespace {

// Lines of `Forwarded` that a trusted proxy passes on, and the client's address; "" for none that can be believed.
struct Forwarding {
    const char* what;
    std::vector<const char*> lines;
    const char* client;
};

const std::vector<Forwarding> rows = {
    {"an address", {"for=192.0.2.60"}, "192.0.2.60"},
    {"the other parameters", {"for=192.0.2.60;proto=http;by=203.0.113.43"}, "192.0.2.60"},
    {"any order", {"proto=https;by=\"[2001:db8::9]\";host=shop.example;for=192.0.2.60"}, "192.0.2.60"},
    {"any case of the name", {"For=192.0.2.60;PROTO=http"}, "192.0.2.60"},
    {"an address in quotes", {"for=\"192.0.2.60\""}, "192.0.2.60"},
    {"IPv6", {"for=\"[2001:db8:cafe::17]\""}, "2001:db8:cafe::17"},
    {"IPv6 with a port", {"for=\"[2001:db8:cafe::17]:4711\""}, "2001:db8:cafe::17"},
    {"IPv4 with a port", {"for=\"192.0.2.60:4711\""}, "192.0.2.60"},
    {"a port that is made up", {"for=\"192.0.2.60:_p\""}, "192.0.2.60"},
    {"IPv4 in IPv6", {"for=\"[::ffff:192.0.2.60]\""}, "192.0.2.60"},
    {"quotes forgotten around brackets", {"for=[2001:db8::17]:4711"}, "2001:db8::17"},
    {"escaped characters", {"for=\"192.0.2.\\60\""}, "192.0.2.60"},
    {"the right-most that is no proxy", {"for=198.51.100.1, for=192.0.2.60, for=10.1.1.1"}, "192.0.2.60"},
    {"no blanks around commas", {"for=198.51.100.1,for=192.0.2.60,for=10.1.1.1"}, "192.0.2.60"},
    {"a proxy of IPv6", {"for=192.0.2.60, for=\"[2001:db8:ffff::1]:443\""}, "192.0.2.60"},
    {"several lines in order", {"for=198.51.100.1", "for=192.0.2.60", "for=10.1.1.1;by=_lb"}, "192.0.2.60"},
    {"empty elements", {"for=192.0.2.60, , ,", ""}, "192.0.2.60"},
    {"empty pairs", {";;for=192.0.2.60;;proto=http;"}, "192.0.2.60"},
    {"blanks around semicolons", {"for=192.0.2.60 ; proto=http ;\thost=a"}, "192.0.2.60"},
    {"commas and semicolons in quotes", {"for=192.0.2.60;host=\"a,b;for=198.51.100.1\""}, "192.0.2.60"},
    {"an escaped quote in quotes", {"for=192.0.2.60;host=\"a\\\",for=198.51.100.1\""}, "192.0.2.60"},
    {"a quote that the visitor left open", {"for=\"198.51.100.1, for=192.0.2.60"}, "192.0.2.60"},
    {"the same before a quoted address", {"for=198.51.100.1;x=\", for=\"[2001:db8::17]:4711\""}, "2001:db8::17"},
    {"a backslash that the visitor left", {"for=198.51.100.1;x=\"\\, for=\"[2001:db8::17]\""}, "2001:db8::17"},
    {"unknown", {"for=198.51.100.1, for=unknown"}, ""},
    {"a hidden one", {"for=198.51.100.1, for=_hidden"}, ""},
    {"a hidden one with a port", {"for=198.51.100.1, for=\"_SEVKISEK:4711\""}, ""},
    {"no `for`", {"for=198.51.100.1, by=203.0.113.43;proto=https"}, ""},
    {"two of `for`", {"for=192.0.2.60;for=198.51.100.1"}, ""},
    {"IPv6 without brackets", {"for=\"2001:db8::17\""}, ""},
    {"a bracket without end", {"for=\"[2001:db8::17\""}, ""},
    {"a scope", {"for=\"[fe80::1%eth0]\""}, ""},
    {"something behind the bracket", {"for=\"[2001:db8::17]x\""}, ""},
    {"a port that is none", {"for=\"192.0.2.60:\""}, ""},
    {"a name", {"for=shop.example"}, ""},
    {"an address without `for`", {"192.0.2.60"}, ""},
    {"a blank before the sign", {"for =192.0.2.60"}, ""},
    {"something behind the quotes", {"for=\"192.0.2.60\"x"}, ""},
    {"quotes that only end", {"for=192.0.2.60, x\""}, ""},
    {"an escape of nothing", {"for=\"192.0.2.60\\\""}, ""},
    {"proxies alone", {"for=10.1.1.1, for=10.2.2.2"}, ""},
    {"nothing", {""}, ""},
    {"no line", {}, ""},
};

http::Request from_proxy(const std::vector<const char*>& lines) {
    http::Request request;
    request.peer_address = "10.0.0.1";
    for (const char* line : lines) request.headers.emplace_back("forwarded", line);
    return request;
}

TEST(Forwarded, IsReadFromTheRightPastTheTrustedProxies) {
    const TrustedProxies proxies({"10.0.0.0/8", "2001:db8:ffff::/48"}, ForwardedHeader::Forwarded);

    for (const auto& row : rows) {
        const auto client = proxies.client(from_proxy(row.lines)).address;

        EXPECT_EQ(client ? client->to_string() : "", row.client) << row.what;
    }
}

TEST(Forwarded, IsNotReadFromAPeerThatIsNoProxy) {
    const TrustedProxies proxies({"192.168.0.1"}, ForwardedHeader::Forwarded);

    const auto client = proxies.client(from_proxy({"for=192.0.2.60"})).address;

    EXPECT_EQ(client->to_string(), "10.0.0.1");
}

TEST(Forwarded, TakesALineApartToItsBeginning) {
    std::optional<std::string_view> rest = "for=192.0.2.1,, for=_b";

    EXPECT_EQ(take_last_element(rest).address, std::nullopt);
    EXPECT_EQ(rest, "for=192.0.2.1,");
    EXPECT_TRUE(take_last_element(rest).empty);
    EXPECT_EQ(rest, "for=192.0.2.1");
    EXPECT_EQ(take_last_element(rest).address->to_string(), "192.0.2.1");
    EXPECT_EQ(rest, std::nullopt);
}

TEST(Forwarded, IsReadNoFurtherThanAnyRealChainGoes) {
    const TrustedProxies proxies({"10.0.0.0/8"}, ForwardedHeader::Forwarded);
    const std::string commas(1000, ',');

    EXPECT_EQ(proxies.client(from_proxy({("for=192.0.2.60" + commas).c_str()})).address, std::nullopt);
}

}  // namespace
}  // namespace pinrelay::ingest
