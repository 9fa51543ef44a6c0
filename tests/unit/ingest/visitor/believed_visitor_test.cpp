#include "ingest/visitor/believed_visitor.hpp"

#include <gtest/gtest.h>

namespace pinrelay::ingest {
namespace {

using model::Trust;

constexpr const char* own_firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

struct Believed {
    std::optional<std::string> address;
    std::optional<std::string> agent;
    std::string warnings;
    std::optional<std::string> agent_left_out;
};

// What is left of an event that names 203.0.113.9 and an iPhone.
Believed believed(Trust trust, const char* peer, const char* own_agent = own_firefox,
                  const char* named_address = "203.0.113.9") {
    http::Request request;
    request.peer_address = peer;
    request.headers = {{"User-Agent", own_agent}};
    model::Event event;
    event.ip_address = named_address;
    event.user_agent = "Mozilla/5.0 (iPhone)";
    std::vector<model::Warning> warnings;
    const auto client = TrustedProxies(std::vector<std::string>{}).client(request);
    Believed result;
    result.agent_left_out = keep_believed_visitor(event, request, client, trust, warnings);
    result.address = event.ip_address;
    result.agent = event.user_agent;
    for (const auto& warning : warnings) result.warnings += std::string(warning.code) + ' ';
    return result;
}

TEST(BelievedVisitor, AStrangerChoosesNoOtherVisitorThanItself) {
    for (const Trust trust : {Trust::Anonymous, Trust::Browser}) {
        const auto result = believed(trust, "198.51.100.1");
        EXPECT_EQ(result.address, std::nullopt);
        EXPECT_EQ(result.agent, std::nullopt);
        EXPECT_EQ(result.agent_left_out, "Mozilla/5.0 (iPhone)");
        EXPECT_EQ(result.warnings, "address_not_believed user_agent_not_believed ");
    }
}

TEST(BelievedVisitor, AKnownSenderNamesItsVisitors) {
    for (const Trust trust : {Trust::Network, Trust::Key, Trust::Signed}) {
        const auto result = believed(trust, "198.51.100.1");
        EXPECT_EQ(result.address, "203.0.113.9");
        EXPECT_EQ(result.agent, "Mozilla/5.0 (iPhone)");
        EXPECT_EQ(result.warnings, "");
    }
}

TEST(BelievedVisitor, NothingChangesForASenderWithoutAPublicAddress) {
    for (const char* peer : {"127.0.0.1", "10.0.0.4", "172.18.0.3", "fd00::1"}) {
        const auto result = believed(Trust::Anonymous, peer);
        EXPECT_EQ(result.address, "203.0.113.9") << peer;
        EXPECT_EQ(result.agent, "Mozilla/5.0 (iPhone)") << peer;
        EXPECT_EQ(result.warnings, "") << peer;
    }
}

TEST(BelievedVisitor, ItsOwnAddressMayBeNamed) {
    EXPECT_EQ(believed(Trust::Anonymous, "203.0.113.9").address, "203.0.113.9");
    EXPECT_EQ(believed(Trust::Anonymous, "2001:db8::1", own_firefox, "2001:DB8:0::1").address, "2001:DB8:0::1");
    EXPECT_EQ(believed(Trust::Anonymous, "203.0.113.9", own_firefox, "garbage").address, std::nullopt);
}

TEST(BelievedVisitor, AServersUserAgentIsNoVisitors) {
    for (const char* agent : {"axios/1.7", "curl/8.0", "Mozilla/5.0 [GA4MP/2.0]"}) {
        const auto result = believed(Trust::Anonymous, "198.51.100.1", agent);
        EXPECT_EQ(result.agent, "Mozilla/5.0 (iPhone)") << agent;
        EXPECT_EQ(result.warnings, "address_not_believed ") << agent;
    }
}

TEST(BelievedVisitor, AHeaderOfAnUntrustedProxyMakesNoDifference) {
    http::Request request;
    request.peer_address = "198.51.100.1";
    request.headers = {{"X-Forwarded-For", "10.0.0.1"}, {"User-Agent", own_firefox}};
    model::Event event;
    event.ip_address = "203.0.113.9";
    std::vector<model::Warning> warnings;

    keep_believed_visitor(event, request, TrustedProxies(std::vector<std::string>{}).client(request), Trust::Anonymous,
                          warnings);

    EXPECT_EQ(event.ip_address, std::nullopt);
}

}  // namespace
}  // namespace pinrelay::ingest
