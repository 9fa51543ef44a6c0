#include "cli/spool/text.hpp"

#include <gtest/gtest.h>

namespace pinrelay::cli {
namespace {

using namespace std::chrono_literals;

constexpr Time noon{std::chrono::sys_days{std::chrono::year{2026} / 7 / 27} + 12h};

TEST(TimeText, IsUtcInWholeSeconds) { EXPECT_EQ(time_text(noon + 1s + 999ms), "2026-07-27T12:00:01Z"); }

TEST(AgeText, HasTheTwoLargestUnits) {
    EXPECT_EQ(age_text(noon, noon + 59s), "59s");
    EXPECT_EQ(age_text(noon, noon + 13min + 59s), "13m");
    EXPECT_EQ(age_text(noon, noon + 2h + 13min), "2h 13m");
    EXPECT_EQ(age_text(noon, noon + 76h + 30min), "3d 4h");
}

TEST(AgeText, OfTheFutureIsZero) { EXPECT_EQ(age_text(noon + 5s, noon), "0s"); }

TEST(Printable, HoldsNothingThatSteersATerminal) {
    EXPECT_EQ(printable("a\x1b[2J\r\n\x7f"), "a?[2J???");
    EXPECT_EQ(printable("\xC2\x9B"
                        "31m ü"),
              "?31m ü");
    EXPECT_EQ(printable("a\xFF\xE2\x80\xA8"
                        "b"),
              "a??b");
}

TEST(TableText, AlignsColumnsByCharacters) {
    EXPECT_EQ(table_text({{"name", "n"}, {"ü", "12"}}), "  name  n\n  ü     12\n");
}

TEST(Counted, KnowsOne) {
    EXPECT_EQ(counted(1, "event"), "1 event");
    EXPECT_EQ(counted(0, "event"), "0 events");
}

}  // namespace
}  // namespace pinrelay::cli
