#include "pinrelay/core/url_text.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace pinrelay {
namespace {

std::vector<std::string> pairs_of(std::string_view text, char separator = '&') {
    std::vector<std::string> shown;
    for (const UrlPair& pair : UrlPairs(text, separator))
        shown.push_back(std::string(pair.name) + (pair.value ? " -> " + std::string(*pair.value) : ""));
    return shown;
}

using Shown = std::vector<std::string>;

TEST(SplitUrl, CutsAtTheFirstMarks) {
    const auto parts = split_url("https://a.example/b?c=1?d#e?f#g");

    EXPECT_EQ(parts.page, "https://a.example/b");
    EXPECT_EQ(parts.query, "c=1?d");
    EXPECT_EQ(parts.fragment, "e?f#g");
}

TEST(SplitUrl, TellsAnEmptyPartFromAnAbsentOne) {
    EXPECT_EQ(split_url("a").query, std::nullopt);
    EXPECT_EQ(split_url("a?").query, "");
    EXPECT_EQ(split_url("a?").fragment, std::nullopt);
    EXPECT_EQ(split_url("a#").fragment, "");
    EXPECT_EQ(split_url("").page, "");
}

TEST(SplitUrl, HasNoQueryBehindTheFragmentsMark) { EXPECT_EQ(split_url("a#b?c").query, std::nullopt); }

TEST(SplitOrigin, EndsBeforePathQueryAndFragment) {
    for (const char* url :
         {"https://u@a.example:1", "https://u@a.example:1/x", "https://u@a.example:1?x", "https://u@a.example:1#x/"}) {
        const auto origin = split_origin(url, Backslash::IsOrdinary);
        ASSERT_TRUE(origin) << url;
        EXPECT_EQ(origin->scheme, "https") << url;
        EXPECT_EQ(origin->authority, "u@a.example:1") << url;
        EXPECT_EQ(origin->text, "https://u@a.example:1") << url;
    }
}

TEST(SplitOrigin, ReadsABackslashAsItIsTold) {
    EXPECT_EQ(split_origin("https://a\\b", Backslash::EndsAuthority)->authority, "a");
    EXPECT_EQ(split_origin("https://a\\b", Backslash::IsOrdinary)->authority, "a\\b");
}

TEST(SplitOrigin, IsNothingWithoutAScheme) {
    EXPECT_FALSE(split_origin("//a.example/b", Backslash::EndsAuthority));
    EXPECT_FALSE(split_origin("", Backslash::EndsAuthority));
}

TEST(HostOf, IsTheAuthorityWithoutUserAndPort) {
    EXPECT_EQ(host_of("a.example"), "a.example");
    EXPECT_EQ(host_of("a.example:443"), "a.example");
    EXPECT_EQ(host_of("user:secret@x@a.example:443"), "a.example");
    EXPECT_EQ(host_of("[2001:db8::1]:443"), "[2001:db8::1]");
    EXPECT_EQ(host_of("[2001:db8::1"), "");
    EXPECT_EQ(host_of(""), "");
}

TEST(WithoutPort, LeavesTheUser) { EXPECT_EQ(without_port("u@a.example:443"), "u@a.example"); }

TEST(UrlPairs, AreCutAtTheFirstEqualsSign) {
    EXPECT_EQ(pairs_of("a=1&b&c=&d=2=3&=4"), (Shown{"a -> 1", "b", "c -> ", "d -> 2=3", " -> 4"}));
}

TEST(UrlPairs, IncludeEmptyOnes) {
    EXPECT_EQ(pairs_of(""), Shown{""});
    EXPECT_EQ(pairs_of("&a=1&&"), (Shown{"", "a -> 1", "", ""}));
}

TEST(UrlPairs, EndAtTheSeparatorThatIsGiven) {
    EXPECT_EQ(pairs_of("a=1;b=2&c", ';'), (Shown{"a -> 1", "b -> 2&c"}));
    EXPECT_EQ(pairs_of("a=1;b=2&c"), (Shown{"a -> 1;b=2", "c"}));
}

TEST(UrlPairs, AreTheGivenTextPutTogether) {
    std::string whole;
    for (const UrlPair& pair : UrlPairs("x&&y=1&")) whole += std::string(pair.text) + '&';

    EXPECT_EQ(whole, "x&&y=1&&");
}

TEST(WithoutTrailingDot, TakesOneDotOff) {
    EXPECT_EQ(without_trailing_dot("shop.example."), "shop.example");
    EXPECT_EQ(without_trailing_dot("shop.example"), "shop.example");
    EXPECT_EQ(without_trailing_dot("shop.example.."), "shop.example.") << "no name that DNS knows";
    EXPECT_EQ(without_trailing_dot(""), "");
}

}  // namespace
}  // namespace pinrelay
