#include "ingest/access/local_client.hpp"

#include <gtest/gtest.h>

namespace pinrelay::ingest {
namespace {

bool is_sent_locally(const char* peer, http::Headers headers, const std::vector<std::string>& proxies = {}) {
    http::Request request;
    request.peer_address = peer;
    request.headers = std::move(headers);
    return is_local(TrustedProxies(proxies).client(request), request);
}

TEST(IsLocal, KnowsAProgramOnThisMachine) {
    EXPECT_TRUE(is_sent_locally("127.0.0.1", {{"Host", "127.0.0.1:8080"}}));
    EXPECT_TRUE(is_sent_locally("127.0.0.1", {{"Host", "localhost"}}));
    EXPECT_TRUE(is_sent_locally("127.0.0.1", {{"Host", "LOCALHOST.:8080"}}));
    EXPECT_TRUE(is_sent_locally("::1", {{"Host", "[::1]:8080"}}));
    EXPECT_TRUE(is_sent_locally("::ffff:127.0.0.1", {{"Host", "localhost"}}));
}

TEST(IsLocal, KnowsNobodyElse) {
    EXPECT_FALSE(is_sent_locally("203.0.113.7", {{"Host", "localhost"}}));
    EXPECT_FALSE(is_sent_locally("172.17.0.1", {{"Host", "localhost"}})) << "a container's network";
    EXPECT_FALSE(is_sent_locally("127.0.0.1", {})) << "no Host";
    EXPECT_FALSE(is_sent_locally("127.0.0.1", {{"Host", "shop.example"}}))
        << "through a proxy, or a page's name that leads here";
    EXPECT_FALSE(is_sent_locally("127.0.0.1", {{"Host", "127.evil.example"}}));
}

TEST(IsLocal, KnowsWhatCameThroughAProxyOnThisMachine) {
    for (const char* header : {"X-Forwarded-For", "X-Real-IP", "Forwarded", "Via", "X-Forwarded-Proto", "CF-Ray"})
        EXPECT_FALSE(is_sent_locally("127.0.0.1", {{"Host", "127.0.0.1:8080"}, {header, "127.0.0.1"}})) << header;
    EXPECT_FALSE(
        is_sent_locally("127.0.0.1", {{"Host", "localhost"}, {"X-Forwarded-For", "203.0.113.7"}}, {"127.0.0.1"}));
    EXPECT_FALSE(is_sent_locally("127.0.0.1", {{"Host", "localhost"}}, {"127.0.0.1"}))
        << "a trusted proxy that names nobody";
}

}  // namespace
}  // namespace pinrelay::ingest
