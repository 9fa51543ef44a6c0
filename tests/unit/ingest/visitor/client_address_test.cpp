#include "ingest/visitor/client_address.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <stdexcept>
#include <string>

namespace pinrelay::ingest {
namespace {

http::Request request_from(std::string peer, http::Headers headers = {}) {
    http::Request request;
    request.peer_address = std::move(peer);
    request.headers = std::move(headers);
    return request;
}

std::optional<std::string> client(const TrustedProxies& proxies, const http::Request& request) {
    const auto address = proxies.client(request).address;
    return address ? std::optional(address->to_string()) : std::nullopt;
}

TEST(TrustedProxies, IgnoresForwardedForFromAPeerThatIsNoProxy) {
    const TrustedProxies proxies({"10.0.0.0/8"});

    const auto address = client(proxies, request_from("198.51.100.7", {{"X-Forwarded-For", "203.0.113.9"}}));

    EXPECT_EQ(address, "198.51.100.7");
}

TEST(TrustedProxies, TakesTheRightmostAddressThatIsNoProxy) {
    const TrustedProxies proxies({"10.0.0.0/8", "192.0.2.1"});

    const auto address =
        client(proxies, request_from("10.0.0.1", {{"X-Forwarded-For", "1.1.1.1, 203.0.113.9, 192.0.2.1, 10.9.9.9"}}));

    EXPECT_EQ(address, "203.0.113.9");
}

TEST(TrustedProxies, ReadsSeveralForwardedForLinesInOrder) {
    const TrustedProxies proxies({"10.0.0.1"});

    const auto address =
        client(proxies, request_from("10.0.0.1", {{"X-Forwarded-For", "1.1.1.1"}, {"x-forwarded-for", "203.0.113.9"}}));

    EXPECT_EQ(address, "203.0.113.9");
}

TEST(TrustedProxies, UnderstandsPortsAndBrackets) {
    const TrustedProxies proxies({"10.0.0.1", "::1"});

    EXPECT_EQ(client(proxies, request_from("10.0.0.1", {{"X-Forwarded-For", "203.0.113.9:4711"}})), "203.0.113.9");
    EXPECT_EQ(client(proxies, request_from("::1", {{"X-Forwarded-For", "[2001:db8::5]:443"}})), "2001:db8::5");
}

TEST(TrustedProxies, BelievesNothingBehindGarbage) {
    const TrustedProxies proxies({"10.0.0.1"});

    const auto address = client(proxies, request_from("10.0.0.1", {{"X-Forwarded-For", "203.0.113.9, <script>"}}));

    EXPECT_EQ(address, std::nullopt);
}

TEST(TrustedProxies, NeverTakesTheProxyForTheVisitor) {
    const TrustedProxies proxies({"10.0.0.1"});

    EXPECT_EQ(client(proxies, request_from("10.0.0.1")), std::nullopt);
    EXPECT_EQ(client(proxies, request_from("10.0.0.1", {{"X-Forwarded-For", "10.0.0.1"}})), std::nullopt);
}

TEST(TrustedProxies, ReadsRealIpWhereThereIsNoForwardedFor) {
    const TrustedProxies proxies({"10.0.0.1"});

    EXPECT_EQ(client(proxies, request_from("10.0.0.1", {{"X-Real-IP", "203.0.113.9"}})), "203.0.113.9");
}

// nginx with `proxy_set_header X-Real-IP $remote_addr` alone: what the visitor wrote into the other header goes
// through.
TEST(TrustedProxies, VouchForNoAddressThatTheirOtherHeaderContradicts) {
    const TrustedProxies proxies({"10.0.0.0/8"});
    const auto vouched = [&](const char* forwarded_for, const char* real_ip) {
        return proxies.client(request_from("10.0.0.1", {{"X-Forwarded-For", forwarded_for}, {"X-Real-IP", real_ip}}))
            .vouched_address();
    };

    EXPECT_EQ(vouched("192.168.7.7", "203.0.113.9"), std::nullopt);
    EXPECT_EQ(vouched("203.0.113.9", "198.51.100.1"), std::nullopt);
    EXPECT_TRUE(vouched("198.51.100.66, 203.0.113.9", "203.0.113.9")) << "both of the proxy";
    EXPECT_TRUE(vouched("203.0.113.9, 10.0.0.2", "10.0.0.2")) << "of the second proxy in a row";
    EXPECT_TRUE(vouched("203.0.113.9", "192.168.7.7")) << "of a proxy in the visitor's own network";
    EXPECT_TRUE(vouched("203.0.113.9", "nobody"));
}

TEST(TrustedProxies, TreatsMappedAddressesAsIpv4) {
    const TrustedProxies proxies({"10.0.0.0/8"});

    EXPECT_EQ(client(proxies, request_from("::ffff:10.1.2.3", {{"X-Forwarded-For", "203.0.113.9"}})), "203.0.113.9");
}

TEST(TrustedProxies, FollowsNoChainLongerThanAnyRealOne) {
    const TrustedProxies proxies({"10.0.0.0/8"});
    std::string chain = "203.0.113.9";
    for (int hop = 0; hop < 63; ++hop) chain += ", 10.0.0.2";

    EXPECT_EQ(client(proxies, request_from("10.0.0.1", {{"X-Forwarded-For", chain}})), "203.0.113.9");
    EXPECT_EQ(client(proxies, request_from("10.0.0.1", {{"X-Forwarded-For", chain + ", 10.0.0.2"}})), std::nullopt);
}

TEST(TrustedProxies, LooksOnlyAtTheHeaderThatTheProxiesWrite) {
    const TrustedProxies writes_old({"10.0.0.1"}, ForwardedHeader::XForwardedFor);
    const TrustedProxies writes_new({"10.0.0.1"}, ForwardedHeader::Forwarded);
    const auto both = request_from(
        "10.0.0.1",
        {{"X-Forwarded-For", "203.0.113.1"}, {"Forwarded", "for=203.0.113.2"}, {"X-Real-IP", "203.0.113.3"}});
    const auto old_alone = request_from("10.0.0.1", {{"X-Forwarded-For", "203.0.113.1"}, {"X-Real-IP", "203.0.113.3"}});
    const auto new_alone = request_from("10.0.0.1", {{"Forwarded", "for=203.0.113.2"}});

    EXPECT_EQ(client(writes_old, both), "203.0.113.1");
    EXPECT_EQ(client(writes_new, both), "203.0.113.2");
    EXPECT_EQ(client(writes_old, new_alone), std::nullopt);
    EXPECT_EQ(client(writes_new, old_alone), std::nullopt);
}

TEST(TrustedProxies, RefusesWhatIsNoAddress) {
    EXPECT_THROW(TrustedProxies({"proxy.example"}), std::invalid_argument);
    EXPECT_THROW(TrustedProxies({"10.0.0.0/33"}), std::invalid_argument);
    EXPECT_THROW(TrustedProxies({""}), std::invalid_argument);
}

struct TroubleCase {
    const char* name;
    ForwardedHeader read;
    const char* peer;
    http::Headers headers;
    AddressTrouble trouble;
    std::string_view header;
    friend void PrintTo(const TroubleCase& one, std::ostream* out) { *out << one.name; }
};

class Trouble : public testing::TestWithParam<TroubleCase> {};

TEST_P(Trouble, IsToldWithItsHeader) {
    const TrustedProxies proxies({"10.0.0.0/8"}, GetParam().read);

    const Client client = proxies.client(request_from(GetParam().peer, GetParam().headers));

    EXPECT_EQ(client.trouble, GetParam().trouble);
    EXPECT_EQ(client.header, GetParam().header);
    ASSERT_TRUE(client.peer);
    EXPECT_EQ(client.peer->to_string(), GetParam().peer);
}

using enum ForwardedHeader;
INSTANTIATE_TEST_SUITE_P(
    Kinds, Trouble,
    testing::Values(TroubleCase{"none", XForwardedFor, "203.0.113.9", {}, AddressTrouble::None, ""},
                    TroubleCase{"untrusted",
                                XForwardedFor,
                                "172.18.0.3",
                                {{"X-Forwarded-For", "203.0.113.9"}},
                                AddressTrouble::UntrustedProxy,
                                "X-Forwarded-For"},
                    TroubleCase{"untrusted_new",
                                XForwardedFor,
                                "172.18.0.3",
                                {{"Forwarded", "for=203.0.113.9"}},
                                AddressTrouble::UntrustedProxy,
                                "Forwarded"},
                    TroubleCase{"untrusted_real",
                                Forwarded,
                                "172.18.0.3",
                                {{"X-Real-IP", "203.0.113.9"}},
                                AddressTrouble::UntrustedProxy,
                                "X-Real-IP"},
                    TroubleCase{"proxies_only",
                                XForwardedFor,
                                "10.0.0.1",
                                {{"X-Forwarded-For", "10.0.0.2"}},
                                AddressTrouble::NoClient,
                                "X-Forwarded-For"},
                    TroubleCase{
                        "no_header", XForwardedFor, "10.0.0.1", {}, AddressTrouble::NoHeader, "X-Forwarded-For"},
                    TroubleCase{"other_header",
                                XForwardedFor,
                                "10.0.0.1",
                                {{"Forwarded", "for=203.0.113.9"}},
                                AddressTrouble::OtherHeader,
                                "Forwarded"},
                    TroubleCase{"other_header_old",
                                Forwarded,
                                "10.0.0.1",
                                {{"X-Forwarded-For", "203.0.113.9"}},
                                AddressTrouble::OtherHeader,
                                "X-Forwarded-For"},
                    TroubleCase{"garbage",
                                XForwardedFor,
                                "10.0.0.1",
                                {{"X-Forwarded-For", "unknown"}},
                                AddressTrouble::Unreadable,
                                "X-Forwarded-For"},
                    TroubleCase{"garbage_real",
                                XForwardedFor,
                                "10.0.0.1",
                                {{"X-Real-IP", "unknown"}},
                                AddressTrouble::Unreadable,
                                "X-Real-IP"}),
    [](const auto& one) { return std::string(one.param.name); });

TEST(TrustedProxies, SaysWhatToldTheAddress) {
    const TrustedProxies proxies({"10.0.0.1"});

    EXPECT_EQ(proxies.client(request_from("203.0.113.9")).source, "the connection");
    EXPECT_EQ(proxies.client(request_from("10.0.0.1", {{"X-Forwarded-For", "203.0.113.9"}})).source, "X-Forwarded-For");
    EXPECT_EQ(proxies.client(request_from("10.0.0.1", {{"X-Real-IP", "203.0.113.9"}})).source, "X-Real-IP");
}

TEST(CookieValue, FindsACookieAmongOthers) {
    const auto request = request_from("", {{"Cookie", "_ga=GA1.1.2.3; _epik=dj0yJnU9; x=y=z"}});

    EXPECT_EQ(cookie_value(request, "_epik"), "dj0yJnU9");
    EXPECT_EQ(cookie_value(request, "x"), "y=z");
    EXPECT_EQ(cookie_value(request, "epik"), std::nullopt);
}

TEST(CookieValue, LooksIntoEveryCookieLineAndPassesOverEmptyOnes) {
    const auto request = request_from("", {{"cookie", "_epik="}, {"Cookie", "a;;_epik=second"}});

    EXPECT_EQ(cookie_value(request, "_epik"), "second");
}

}  // namespace
}  // namespace pinrelay::ingest
