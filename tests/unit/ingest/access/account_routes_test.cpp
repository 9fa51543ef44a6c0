#include "ingest/access/account_routes.hpp"

#include <gtest/gtest.h>

namespace pinrelay::ingest {
namespace {

TEST(UrlHost, ReadsTheHostAndNothingElse) {
    EXPECT_EQ(url_host("https://Shop.Example:8443/a?b#c"), "shop.example");
    EXPECT_EQ(url_host("http://user:pw@shop.example/"), "shop.example");
    EXPECT_EQ(url_host("https://[2001:db8::1]:443/"), "[2001:db8::1]");
    EXPECT_EQ(url_host("https://a.example\\@b.example/"), "a.example");
    EXPECT_EQ(url_host("android-app://com.example"), std::nullopt);
    EXPECT_EQ(url_host("/relative"), std::nullopt);
    EXPECT_EQ(url_host("https://"), std::nullopt);
}

}  // namespace
}  // namespace pinrelay::ingest
