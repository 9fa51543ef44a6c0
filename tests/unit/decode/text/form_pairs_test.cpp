#include "decode/text/form_pairs.hpp"

#include <gtest/gtest.h>

namespace pinrelay::decode {
namespace {

TEST(FormPairs, AreDecodedInTheirOrder) {
    EXPECT_EQ(split_pairs("b=2&a%2Eb=x%20y+z%2B&b=3"), (Pairs{{"b", "2"}, {"a.b", "x y z+"}, {"b", "3"}}));
}

TEST(FormPairs, MayLackAValueButNotAKey) {
    EXPECT_EQ(split_pairs("richsstsse&a=&=b&&=&c==d=&"), (Pairs{{"richsstsse", ""}, {"a", ""}, {"c", "=d="}}));
    EXPECT_EQ(split_pairs(""), Pairs{});
}

TEST(FormPairs, AreValidUtf8) {
    EXPECT_EQ(split_pairs("a%FF=caf%E9%20%C3%A9\xC3"),
              (Pairs{{"a\xEF\xBF\xBD", "caf\xEF\xBF\xBD \xC3\xA9\xEF\xBF\xBD"}}));
}

TEST(FormPairs, LeaveBadEscapesAsTheyCame) { EXPECT_EQ(split_pairs("a=%zz%2"), (Pairs{{"a", "%zz%2"}})); }

TEST(FormPairs, AreNotTakenBeyondTheirLimit) {
    std::string text;
    for (std::size_t i = 0; i < most_pairs; ++i) text += "a=1&";

    EXPECT_EQ(split_pairs(text)->size(), most_pairs);
    EXPECT_EQ(split_pairs(text + "a=1"), std::nullopt);
}

TEST(FormPairs, OfAHitHideTheSharedOnesOfTheSameKey) {
    EXPECT_EQ(overlay({{"a", "1"}, {"b", "2"}, {"a", "3"}}, {{"c", "4"}, {"a", ""}}),
              (Pairs{{"b", "2"}, {"c", "4"}, {"a", ""}}));
}

TEST(FormPairs, AreFoundByTheLastOfTheirKey) {
    const Pairs pairs = {{"a", "1"}, {"a", "2"}};

    EXPECT_EQ(*find_value(pairs, "a"), "2");
    EXPECT_EQ(find_value(pairs, "b"), nullptr);
}

}  // namespace
}  // namespace pinrelay::decode
