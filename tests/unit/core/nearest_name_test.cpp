#include "pinrelay/core/nearest_name.hpp"

#include <gtest/gtest.h>

#include <algorithm>
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

// Most candidates are left out by their letters alone.
TEST(NearestName, IsTheOneThatCountingAllSlipsFinds) {
    const auto by_counting = [](std::string_view name) {
        std::size_t fewest = std::min(std::max<std::size_t>(2, name.size() / 4), name.size() / 2) + 1;
        std::string found;
        for (const auto candidate : known) {
            const std::size_t slips = slips_between(name, candidate);
            if (slips < fewest) found = candidate;
            fewest = std::min(fewest, slips);
        }
        return found;
    };
    std::size_t near = 0;
    for (const std::string_view word : known) {
        for (unsigned seed = 0; seed < 500; ++seed) {
            std::string name(word);
            unsigned random = seed;
            for (unsigned slip = 0; slip <= seed % 5; ++slip) {
                random = random * 1'103'515'245U + 12'345U;
                const std::size_t at = (random >> 16U) % (name.size() + 1);
                const char letter = static_cast<char>('a' + (random >> 8U) % 26);
                const bool added = at == name.size() || random % 3 == 0;
                name.replace(at, added || random % 3 == 1 ? 0 : 1, 1, letter);
                if (!added && random % 3 == 1) name.erase(at, 2);
            }
            near += by_counting(name).empty() ? 0 : 1;
            ASSERT_EQ(nearest(name), by_counting(name)) << name;
        }
    }
    EXPECT_GT(near, 500U);
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
