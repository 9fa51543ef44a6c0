#include "pinrelay/core/nearest_name.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace pinrelay {
namespace {

constexpr std::array<std::string_view, 5> known = {"purchase", "add_to_cart", "login", "sign_up", "id"};

std::string nearest(std::string_view name) { return std::string(nearest_name(name, known).value_or("")); }

TEST(SlipsBetween, CountsLettersLeftOutAddedReplacedAndSwapped) {
    EXPECT_EQ(slips_between("purchase", "purchase"), 0u);
    EXPECT_EQ(slips_between("purchse", "purchase"), 1u);
    EXPECT_EQ(slips_between("purchaase", "purchase"), 1u);
    EXPECT_EQ(slips_between("purchace", "purchase"), 1u);
    EXPECT_EQ(slips_between("purhcase", "purchase"), 1u);
    EXPECT_EQ(slips_between("Purchase", "pURCHASE"), 0u);
    EXPECT_EQ(slips_between("", "abc"), 3u);
    EXPECT_EQ(slips_between("abc", ""), 3u);
    EXPECT_EQ(slips_between("kitten", "sitting"), 3u);
}

TEST(NearestName, IsTheOneThatDiffersLeast) {
    EXPECT_EQ(nearest("purchse"), "purchase");
    EXPECT_EQ(nearest("addtocart"), "add_to_cart");
    EXPECT_EQ(nearest("LOGIN"), "login");
    EXPECT_EQ(nearest("sing_up"), "sign_up");
}

TEST(NearestName, IsNoneWhereNoneIsNear) {
    EXPECT_EQ(nearest("quiz_done"), "");
    EXPECT_EQ(nearest("x"), "");
    EXPECT_EQ(nearest("xy"), "");
    EXPECT_EQ(nearest(""), "");
    EXPECT_EQ(nearest(std::string(65, 'p')), "");
    EXPECT_EQ(nearest_name("login", {}), std::nullopt);
}

}  // namespace
}  // namespace pinrelay
