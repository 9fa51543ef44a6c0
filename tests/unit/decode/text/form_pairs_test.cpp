#include "decode/text/form_pairs.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "fixtures/decoding.hpp"

namespace pinrelay::decode {
namespace {

bool is_known(std::string_view key) { return key == "known"; }

using List = std::vector<Pair>;

List listed(Pairs pairs) { return {pairs.begin(), pairs.end()}; }

List pairs_of(std::string_view text) { return listed(split_pairs(text, is_known, test::arena()).pairs); }

TEST(FormPairs, AreDecodedInTheirOrder) {
    EXPECT_EQ(pairs_of("b=2&a%2Eb=x%20y+z%2B&b=3"), (List{{"b", "2"}, {"a.b", "x y z+"}, {"b", "3"}}));
}

TEST(FormPairs, MayLackAValueButNotAKey) {
    EXPECT_EQ(pairs_of("richsstsse&a=&=b&&=&c==d=&"), (List{{"richsstsse", ""}, {"a", ""}, {"c", "=d="}}));
    EXPECT_EQ(pairs_of(""), List{});
}

TEST(FormPairs, AreValidUtf8) {
    EXPECT_EQ(pairs_of("a%FF=caf%E9%20%C3%A9\xC3"), (List{{"a\xEF\xBF\xBD", "caf\xEF\xBF\xBD \xC3\xA9\xEF\xBF\xBD"}}));
}

TEST(FormPairs, LeaveBadEscapesAsTheyCame) { EXPECT_EQ(pairs_of("a=%zz%2"), (List{{"a", "%zz%2"}})); }

TEST(FormPairs, AreTakenBeyondTheirLimitWhereTheirKeyHasAMeaning) {
    std::string text;
    for (std::size_t i = 0; i < most_pairs; ++i) text += "a=1&";

    const std::string longer = text + "b=1&known=2&c=3";
    const SplitPairs split = split_pairs(longer, is_known, test::arena());

    ASSERT_EQ(split.pairs.size(), most_pairs + 1);
    EXPECT_EQ(split.pairs.back(), (Pair{"known", "2"}));
    EXPECT_EQ(split.left_out, 2U);
    EXPECT_EQ(split_pairs(text, is_known, test::arena()).left_out, 0U);
}

TEST(FormPairs, WithAMeaningHaveALimitToo) {
    std::string text;
    for (std::size_t i = 0; i < most_pairs + most_pairs_with_meaning + 5; ++i) text += "known=1&";

    const SplitPairs split = split_pairs(text, is_known, test::arena());

    EXPECT_EQ(split.pairs.size(), most_pairs + most_pairs_with_meaning);
    EXPECT_EQ(split.left_out, 5U);
}

TEST(FormPairs, OfAHitHideTheSharedOnesOfTheSameKey) {
    const List shared = {{"a", "1"}, {"b", "2"}, {"a", "3"}};
    const List own = {{"c", "4"}, {"a", ""}};

    EXPECT_EQ(listed(overlay(shared, own, test::arena())), (List{{"b", "2"}, {"c", "4"}, {"a", ""}}));
    EXPECT_EQ(listed(overlay(shared, {}, test::arena())), shared);
    EXPECT_EQ(listed(overlay({}, own, test::arena())), own);
}

TEST(FormPairs, AreFoundByTheLastOfTheirKey) {
    const List pairs = {{"a", "1"}, {"a", "2"}};

    EXPECT_EQ(find_value(pairs, "a"), "2");
    EXPECT_EQ(find_value(pairs, "b"), std::nullopt);
}

}  // namespace
}  // namespace pinrelay::decode
