#include "ingest/visitor/address_warning.hpp"

#include <gtest/gtest.h>

#include <string>

namespace pinrelay::ingest {
namespace {

std::optional<model::Warning> warning(std::string peer, http::Headers headers = {}) {
    http::Request request;
    request.peer_address = std::move(peer);
    request.headers = std::move(headers);
    return warning_about(TrustedProxies({"10.0.0.0/8"}).client(request));
}

TEST(AddressWarning, IsSilentAboutAPublicAddress) {
    EXPECT_EQ(warning("203.0.113.9"), std::nullopt);
    EXPECT_EQ(warning("10.0.0.1", {{"X-Forwarded-For", "203.0.113.9"}}), std::nullopt);
}

TEST(AddressWarning, NamesTheProxyThatIsNotTrustedAndTheKey) {
    const auto about = warning("172.18.0.3", {{"X-Forwarded-For", "203.0.113.9"}});

    ASSERT_TRUE(about);
    EXPECT_EQ(about->code, "proxy_not_trusted");
    EXPECT_EQ(about->field, "X-Forwarded-For");
    EXPECT_EQ(about->message,
              "172.18.0.3 sends X-Forwarded-For and is not a trusted proxy, so its own address counts as the "
              "visitor's; list it in collect.trusted_proxies if it is your proxy");
}

TEST(AddressWarning, NamesAnAddressThatNoVisitorHasAndWhereItCameFrom) {
    const auto direct = warning("127.0.0.1");
    const auto forwarded = warning("10.0.0.1", {{"X-Forwarded-For", "192.168.7.9"}});

    ASSERT_TRUE(direct && forwarded);
    EXPECT_EQ(direct->code, "address_not_public");
    EXPECT_EQ(direct->message,
              "127.0.0.1 (from the connection) is not a public address: no visitor can have it, and it is not sent");
    EXPECT_EQ(forwarded->message,
              "192.168.7.9 (from X-Forwarded-For) is not a public address: no visitor can have it, and it is not sent");
}

TEST(AddressWarning, SaysWhyATrustedProxyNamesNobody) {
    const auto itself = warning("10.0.0.1", {{"X-Forwarded-For", "10.0.0.1"}});
    const auto silent = warning("10.0.0.1");
    const auto other = warning("10.0.0.1", {{"Forwarded", "for=203.0.113.9"}});

    ASSERT_TRUE(itself && silent && other);
    for (const auto& about : {itself, silent, other}) EXPECT_EQ(about->code, "address_unknown");
    EXPECT_NE(itself->message.find("names trusted proxies only"), std::string::npos) << itself->message;
    EXPECT_NE(silent->message.find("sends no X-Forwarded-For"), std::string::npos) << silent->message;
    EXPECT_NE(other->message.find("collect.forwarded_header"), std::string::npos) << other->message;
}

}  // namespace
}  // namespace pinrelay::ingest
