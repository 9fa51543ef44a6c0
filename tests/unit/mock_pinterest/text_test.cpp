#include "mock_pinterest/text.hpp"

#include <gtest/gtest.h>

namespace pinrelay::mock {
namespace {

using namespace std::chrono_literals;

TEST(Outline, FindsTheEventsOfABodyAsTheyCame) {
    const auto found = outline(R"( {"data": [{"a": {"b": 1.0}}, {"c": "}]\"{"}]} )");

    ASSERT_EQ(found.objects.size(), 2U);
    EXPECT_EQ(found.objects[0], R"({"a": {"b": 1.0}})");
    EXPECT_EQ(found.objects[1], R"({"c": "}]\"{"})");
}

TEST(Outline, CountsLevelsOutsideTexts) {
    EXPECT_EQ(outline(R"({"a": "[[[["})").depth, 1U);
    EXPECT_EQ(outline("[[[]]]").depth, 3U);
    EXPECT_EQ(outline("]]]").depth, 0U);
}

TEST(Duration, IsANumberWithAUnit) {
    EXPECT_EQ(parse_duration("250ms"), 250ms);
    EXPECT_EQ(parse_duration("7d"), 7 * 24h);
    for (const char* bad : {"", "5", "ms", "-1s", "1.5s", "1 s", "9999999d"}) EXPECT_FALSE(parse_duration(bad)) << bad;
}

}  // namespace
}  // namespace pinrelay::mock
