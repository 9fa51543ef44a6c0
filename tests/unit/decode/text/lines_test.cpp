#include "decode/text/lines.hpp"

#include <gtest/gtest.h>

namespace pinrelay::decode {
namespace {

using Lines = std::vector<std::string_view>;

TEST(SplitLines, LeavesOutBlankLinesAndOuterWhiteSpace) {
    EXPECT_EQ(split_lines("a=1\r\n\n \t\n  b c \nd", 10), (Lines{"a=1", "b c", "d"}));
    EXPECT_EQ(split_lines("", 10), Lines{});
    EXPECT_EQ(split_lines("\n\n", 10), Lines{});
}

TEST(SplitLines, StopsOneBeyondTheLimit) {
    EXPECT_EQ(split_lines("a\nb\n", 2), (Lines{"a", "b"}));
    EXPECT_EQ(split_lines("a\nb\nc\nd\n", 2), (Lines{"a", "b", "c"}));
    EXPECT_EQ(split_lines("\n\na\nb\n", 0), Lines{"a"});
}

TEST(CountLines, CountsThoseThatAreNotBlank) {
    EXPECT_EQ(count_lines(""), 0U);
    EXPECT_EQ(count_lines("a\n \r\nb\n\nc"), 3U);
}

}  // namespace
}  // namespace pinrelay::decode
