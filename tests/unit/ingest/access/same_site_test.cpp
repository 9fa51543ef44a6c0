#include "ingest/access/same_site.hpp"

#include <gtest/gtest.h>

namespace pinrelay::ingest {
namespace {

const std::vector<std::string> no_domains;
const std::vector<std::string> shop{"shop.example"};

http::Request to_host(std::string host, http::Headers more = {}) {
    http::Request request;
    request.headers = {{"Host", std::move(host)}};
    for (auto& header : more) request.headers.push_back(std::move(header));
    return request;
}

TEST(SameSite, IsWhatTheBrowserSays) {
    EXPECT_TRUE(is_same_site(to_host("shop.example", {{"Sec-Fetch-Site", "same-origin"}}), no_domains));
    EXPECT_TRUE(is_same_site(to_host("t.shop.example", {{"Sec-Fetch-Site", "same-site"}}), no_domains));
    EXPECT_FALSE(is_same_site(to_host("shop.example", {{"Sec-Fetch-Site", "cross-site"}}), no_domains));
    EXPECT_FALSE(is_same_site(to_host("shop.example", {{"Sec-Fetch-Site", "none"}}), no_domains));
}

TEST(SameSite, IsNotOverruledByAnOriginThatLooksRight) {
    const auto request =
        to_host("shop.example", {{"Sec-Fetch-Site", "cross-site"}, {"Origin", "https://shop.example"}});

    EXPECT_FALSE(is_same_site(request, shop));
}

TEST(SameSite, IsTheSameHostWhereTheBrowserSaysNothing) {
    EXPECT_TRUE(is_same_site(to_host("Shop.Example:8443", {{"Origin", "https://shop.example"}}), no_domains));
    EXPECT_TRUE(is_same_site(to_host("shop.example", {{"Referer", "https://shop.example/cart?a=b"}}), no_domains));
    EXPECT_FALSE(is_same_site(to_host("shop.example", {{"Origin", "https://evil.example"}}), no_domains));
    EXPECT_FALSE(is_same_site(to_host("shop.example", {{"Referer", "https://evil.example/shop.example"}}), no_domains));
}

TEST(SameSite, IsASharedDomainOfTheSite) {
    const auto from_www = to_host("t.shop.example", {{"Origin", "https://www.shop.example"}});

    EXPECT_TRUE(is_same_site(from_www, shop));
    EXPECT_FALSE(is_same_site(from_www, no_domains));
    EXPECT_FALSE(is_same_site(to_host("t.shop.example", {{"Origin", "https://evilshop.example"}}), shop));
    EXPECT_FALSE(is_same_site(to_host("other.example", {{"Origin", "https://www.shop.example"}}), shop));
}

TEST(SameSite, IsNotWhatIsUnknown) {
    EXPECT_FALSE(is_same_site(to_host("shop.example"), shop));
    EXPECT_FALSE(
        is_same_site(to_host("shop.example", {{"Origin", "null"}, {"Referer", "https://shop.example/"}}), shop));
    http::Request without_host;
    without_host.headers = {{"Origin", "https://shop.example"}};
    EXPECT_FALSE(is_same_site(without_host, shop));
}

TEST(DomainOf, IsTheFirstThatTheHostIsOrIsBelow) {
    const std::vector<std::string> domains{"eu.shop.example", "shop.example"};

    EXPECT_EQ(domain_of("shop.example", domains), &domains[1]);
    EXPECT_EQ(domain_of("a.b.shop.example", domains), &domains[1]);
    EXPECT_EQ(domain_of("t.eu.shop.example", domains), domains.data());
    EXPECT_EQ(domain_of("notshop.example", domains), nullptr);
    EXPECT_EQ(domain_of("example", domains), nullptr);
}

}  // namespace
}  // namespace pinrelay::ingest
