#include "pinrelay/config/units.hpp"

#include <gtest/gtest.h>

namespace pinrelay::config {
namespace {
using namespace std::chrono_literals;

TEST(Units, ReadsADurationWithItsUnit) {
    EXPECT_EQ(parse_duration("250ms"), 250ms);
    EXPECT_EQ(parse_duration("0s"), 0ms);
    EXPECT_EQ(parse_duration("5m"), 5min);
    EXPECT_EQ(parse_duration("2d"), 48h);
}

TEST(Units, RefusesADurationThatLeavesSomethingOpen) {
    for (const char* text :
         {"", "1", "s", "1 s", "1.5s", "-1s", "1S", "1sec", "99999999999999999999s", "9223372036854775807d"})
        EXPECT_EQ(parse_duration(text), std::nullopt) << text;
}

TEST(Units, ReadsASizeInBytesOrWithAUnit) {
    EXPECT_EQ(parse_size("65536"), 65536u);
    EXPECT_EQ(parse_size("64KiB"), 65536u);
    EXPECT_EQ(parse_size("10GiB"), 10'737'418'240u);
}

TEST(Units, RefusesASizeThatLeavesSomethingOpen) {
    for (const char* text : {"", "KiB", "1KB", "1 KiB", "-1", "1e3", "9000000TiB"})
        EXPECT_EQ(parse_size(text), std::nullopt) << text;
}

TEST(Units, PrintsWhatItReads) {
    EXPECT_EQ(print_duration(0), "0ms");
    EXPECT_EQ(print_duration(1500), "1500ms");
    EXPECT_EQ(print_duration(60'000), "1m");
    EXPECT_EQ(print_size(1000), "1000");
    EXPECT_EQ(print_size(1024 * 1024), "1MiB");
}

}  // namespace
}  // namespace pinrelay::config
