#include "ingest/visitor/client_address.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace pinrelay::ingest {
namespace {

http::Request request_from(std::string peer, http::Headers headers = {}) {
    http::Request request;
    request.peer_address = std::move(peer);
    request.headers = std::move(headers);
    return request;
}

std::optional<std::string> client(const TrustedProxies& proxies, const http::Request& request) {
    const auto address = proxies.client(request);
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
