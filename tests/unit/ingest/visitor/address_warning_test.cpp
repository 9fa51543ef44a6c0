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
    EXPECT_EQ(
        about->message,
        "172.18.0.3, X-Forwarded-For: it is not a trusted proxy, so its own address counts as the visitor's; list it "
        "in collect.trusted_proxies (PINRELAY_TRUSTED_PROXIES) if it is your proxy");
}

TEST(AddressWarning, NamesAnAddressThatNoVisitorHasAndWhereItCameFrom) {
    const auto direct = warning("127.0.0.1");
    const auto forwarded = warning("10.0.0.1", {{"X-Forwarded-For", "192.168.7.9"}});

    ASSERT_TRUE(direct && forwarded);
    EXPECT_EQ(direct->code, "address_not_public");
    EXPECT_TRUE(
        direct->message.starts_with("127.0.0.1 (from the connection) is not sent: it is an address of this "
                                    "machine or of a private network"))
        << direct->message;
    EXPECT_NE(direct->message.find("collect.trusted_proxies"), std::string::npos) << direct->message;
    EXPECT_TRUE(forwarded->message.starts_with("192.168.7.9 (from X-Forwarded-For) is not sent")) << forwarded->message;
}

TEST(AddressWarning, SaysWhyATrustedProxyNamesNobody) {
    const auto itself = warning("10.0.0.1", {{"X-Forwarded-For", "10.0.0.1"}});
    const auto silent = warning("10.0.0.1");
    const auto other = warning("10.0.0.1", {{"Forwarded", "for=203.0.113.9"}});

    ASSERT_TRUE(itself && silent && other);
    for (const auto& about : {itself, silent, other}) EXPECT_EQ(about->code, "address_unknown");
    EXPECT_NE(itself->message.find("names trusted proxies only"), std::string::npos) << itself->message;
    EXPECT_NE(silent->message.find("X-Forwarded-For: the trusted proxy does not send this header"), std::string::npos)
        << silent->message;
    EXPECT_NE(other->message.find("collect.forwarded_header"), std::string::npos) << other->message;
}

TEST(AddressReport, SaysEachTroubleWithoutAVisitorsAddress) {
    http::Request request;
    request.peer_address = "10.0.0.1";
    request.headers = {{"X-Forwarded-For", "192.168.7.9"}};
    const AddressReport private_visitor = report_about(TrustedProxies({"10.0.0.0/8"}).client(request));

    EXPECT_FALSE(private_visitor.cause.empty());
    for (const auto trouble : {AddressTrouble::UntrustedProxy, AddressTrouble::NoClient, AddressTrouble::OtherHeader,
                               AddressTrouble::NoHeader, AddressTrouble::Unreadable}) {
        Client client;
        client.trouble = trouble;
        const AddressReport report = report_about(client);
        EXPECT_FALSE(report.sentence.empty() || report.cause.empty() || report.advice.empty());
    }
    EXPECT_TRUE(report_about({}).cause.empty());
}

}  // namespace
}  // namespace pinrelay::ingest
