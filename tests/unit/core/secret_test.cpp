#include "pinrelay/core/secret.hpp"

#include <gtest/gtest.h>

#include <type_traits>
#include <utility>

namespace pinrelay {
namespace {

template <class T>
concept Comparable = requires(T a, T b) {
    a == b;
};

TEST(Secret, IsOpenedOnlyByName) {
    const Secret secret("pina_token");

    EXPECT_EQ(secret.reveal(), "pina_token");
    EXPECT_FALSE((std::is_convertible_v<Secret, std::string>));
    EXPECT_FALSE(Comparable<Secret>);
}

TEST(Secret, IsEmptyByDefault) {
    EXPECT_TRUE(Secret().empty());
    EXPECT_EQ(Secret().reveal(), "");
}

TEST(Secret, IsOverwrittenWhereItWas) {
    std::string text = "a text that is longer than what a string keeps inside";
    const char* place = text.data();

    wipe(text);

    EXPECT_TRUE(text.empty());
    EXPECT_EQ(std::string(place, 6), std::string(6, '\0'));
}

TEST(Secret, SharesItsTextAmongCopies) {
    const Secret first("a text that is longer than what a string keeps inside");
    const Secret second = first;

    EXPECT_EQ(&first.reveal(), &second.reveal());
}

}  // namespace
}  // namespace pinrelay
