#include "ingest/bots/literal_set.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace pinrelay::ingest {
namespace {

TEST(LiteralSet, FindsALiteralAnywhereInAText) {
    const LiteralSet set({"bot/", "curl"});

    EXPECT_TRUE(set.is_within("bot/1.0"));
    EXPECT_TRUE(set.is_within("a friendly bot/1.0"));
    EXPECT_TRUE(set.is_within("libcurl"));
    EXPECT_FALSE(set.is_within("bot 1.0"));
    EXPECT_FALSE(set.is_within("cur"));
    EXPECT_FALSE(set.is_within(""));
}

TEST(LiteralSet, FindsOneThatBeginsInsideAnotherThatBreaksOff) {
    const LiteralSet set({"abcd", "bc", "cdx", "xxy"});

    EXPECT_TRUE(set.is_within("abc."));
    EXPECT_TRUE(set.is_within("acdx"));
    EXPECT_TRUE(set.is_within("xxxxy"));
    EXPECT_FALSE(set.is_within("acdcd"));
}

TEST(LiteralSet, TakesAnyByte) {
    const LiteralSet set({std::string("\x00\xff", 2)});

    EXPECT_TRUE(set.is_within(std::string("a\x00\xff", 3)));
    EXPECT_FALSE(set.is_within("\xff\xfe"));
}

TEST(LiteralSet, WithoutLiteralsFindsNothing) { EXPECT_FALSE(LiteralSet({}).is_within("anything")); }

// Against the obvious way to do it, over all texts of six letters.
TEST(LiteralSet, AgreesWithALookForEachLiteral) {
    const std::vector<std::string> literals = {"aab", "abab", "bba", "cc", "acb"};
    const LiteralSet set(literals);
    constexpr unsigned texts = 3 * 3 * 3 * 3 * 3 * 3;
    for (unsigned n = 0; n < texts; ++n) {
        std::string text;
        for (unsigned left = n, i = 0; i < 6; ++i, left /= 3) text += static_cast<char>('a' + left % 3);

        const bool expected =
            std::ranges::any_of(literals, [&](const auto& one) { return text.find(one) != std::string::npos; });
        EXPECT_EQ(set.is_within(text), expected) << text;
    }
}

}  // namespace
}  // namespace pinrelay::ingest
