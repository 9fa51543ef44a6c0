#include "pinrelay/model/arena.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace pinrelay::model {
namespace {

TEST(Arena, KeepsCopiesOfTexts) {
    Arena arena;
    std::string text = "first";

    const std::string_view kept = arena.copy(text);
    text = "other";

    EXPECT_EQ(kept, "first");
    EXPECT_EQ(arena.copy(""), "");
    EXPECT_EQ(arena.joined({"a", "", "bc"}), "abc");
    EXPECT_EQ(arena.joined({}), "");
}

TEST(Arena, HasRoomForMoreThanItBeganWith) {
    Arena arena;
    const std::string_view before = arena.copy("before");

    const std::string long_text(100'000, 'x');

    EXPECT_EQ(arena.copy(long_text), long_text);
    EXPECT_EQ(before, "before");
}

TEST(Arena, AlignsItsLists) {
    Arena arena;
    arena.copy("x");

    const auto room = arena.room<double>(3);

    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(room.data()) % alignof(double), 0U);
    EXPECT_EQ(room.size(), 3U);
}

TEST(GrowingList, KeepsItsOrderWhileItGrows) {
    Arena arena;
    GrowingList<int> list(arena);
    EXPECT_TRUE(list.empty());

    for (int i = 0; i < 1000; ++i) list.push_back(i);

    ASSERT_EQ(list.size(), 1000U);
    for (int i = 0; i < 1000; ++i) EXPECT_EQ(list.span()[static_cast<std::size_t>(i)], i);
    EXPECT_EQ(list.back(), 999);
}

TEST(GrowingList, LeavesASpanOfItAsItWas) {
    Arena arena;
    GrowingList<int> list(arena);
    list.reserve(2);
    list.push_back(1);
    const auto before = list.span();

    list.push_back(2);
    list.push_back(3);

    EXPECT_EQ(before.size(), 1U);
    EXPECT_EQ(before[0], 1);
    EXPECT_EQ(list.span().size(), 3U);
}

}  // namespace
}  // namespace pinrelay::model
