#include "decode/text/form_pairs.hpp"

#include <gtest/gtest.h>

#include "fixtures/decoding.hpp"

#include <string>

namespace pinrelay::decode {
namespace {

bool is_known(std::string_view key) { return key == "known"; }

Pairs pairs_of(std::string_view text) { return split_pairs(text, test::arena(), is_known).pairs; }

TEST(FormPairs, AreDecodedInTheirOrder) {
    EXPECT_EQ(pairs_of("b=2&a%2Eb=x%20y+z%2B&b=3"), (Pairs{{"b", "2"}, {"a.b", "x y z+"}, {"b", "3"}}));
}

TEST(FormPairs, MayLackAValueButNotAKey) {
    EXPECT_EQ(pairs_of("richsstsse&a=&=b&&=&c==d=&"), (Pairs{{"richsstsse", ""}, {"a", ""}, {"c", "=d="}}));
    EXPECT_EQ(pairs_of(""), Pairs{});
}

TEST(FormPairs, AreValidUtf8) {
    EXPECT_EQ(pairs_of("a%FF=caf%E9%20%C3%A9\xC3"), (Pairs{{"a\xEF\xBF\xBD", "caf\xEF\xBF\xBD \xC3\xA9\xEF\xBF\xBD"}}));
}

TEST(FormPairs, LeaveBadEscapesAsTheyCame) { EXPECT_EQ(pairs_of("a=%zz%2"), (Pairs{{"a", "%zz%2"}})); }

TEST(FormPairs, AreTakenBeyondTheirLimitWhereTheirKeyHasAMeaning) {
    std::string text;
    for (std::size_t i = 0; i < most_pairs; ++i) text += "a=1&";

    const SplitPairs split = split_pairs(text + "b=1&known=2&c=3", test::arena(), is_known);

    ASSERT_EQ(split.pairs.size(), most_pairs + 1);
    EXPECT_EQ(split.pairs.back(), (Pair{"known", "2"}));
    EXPECT_EQ(split.left_out, 2U);
    EXPECT_EQ(split_pairs(text, test::arena(), is_known).left_out, 0U);
}

TEST(FormPairs, WithAMeaningHaveALimitToo) {
    std::string text;
    for (std::size_t i = 0; i < most_pairs + most_pairs_with_meaning + 5; ++i) text += "known=1&";

    const SplitPairs split = split_pairs(text, test::arena(), is_known);

    EXPECT_EQ(split.pairs.size(), most_pairs + most_pairs_with_meaning);
    EXPECT_EQ(split.left_out, 5U);
}

TEST(FormPairs, OfAHitHideTheSharedOnesOfTheSameKey) {
    EXPECT_EQ(overlay({{"a", "1"}, {"b", "2"}, {"a", "3"}}, {{"c", "4"}, {"a", ""}}),
              (Pairs{{"b", "2"}, {"c", "4"}, {"a", ""}}));
}

TEST(FormPairs, AreFoundByTheLastOfTheirKey) {
    const Pairs pairs = {{"a", "1"}, {"a", "2"}};

    EXPECT_EQ(*find_value(pairs, "a"), "2");
    EXPECT_FALSE(find_value(pairs, "b"));
}

}  // namespace
}  // namespace pinrelay::decode
