#include "pinrelay/identity/person_values.hpp"

#include <gtest/gtest.h>

#include <array>

namespace pinrelay::identity {
namespace {

TEST(PersonValues, KeepTheFirstTenDifferentOnesInTheirOrder) {
    constexpr std::array<const char*, 13> texts = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"};
    PersonValues values;
    for (int i = 0; i < 25; ++i) values.add(texts.at(static_cast<std::size_t>(i) / 2));

    EXPECT_EQ(values.left_out(), 5U);
    EXPECT_EQ(values.take(), (PersonValues::Texts{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}));
}

TEST(PersonValues, CountWhatNobodyLookedAt) {
    PersonValues values;
    values.leave_out(90);

    EXPECT_TRUE(values.empty());
    EXPECT_EQ(text_of_left_out(values.left_out()), "90 values beyond the first 10 are left out");
}

}  // namespace
}  // namespace pinrelay::identity
