#include "pinrelay/identity/person_values.hpp"

#include <gtest/gtest.h>

namespace pinrelay::identity {
namespace {

TEST(PersonValues, KeepTheFirstTenDifferentOnesInTheirOrder) {
    constexpr std::string_view digits = "0123456789abc";
    PersonValues values;
    for (std::size_t i = 0; i < 25; ++i) values.add(digits.substr(i / 2, 1));

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
