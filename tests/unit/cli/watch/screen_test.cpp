#include "cli/watch/screen.hpp"

#include <gtest/gtest.h>

namespace pinrelay::cli {
namespace {

TEST(Screen, ShowsLinesFromTheTopAndClearsTheRest) {
    EXPECT_EQ(screen_text("one\n\ntwo\n", {24, 80}), "\x1b[Hone\x1b[K\r\n\x1b[K\r\ntwo\x1b[K\x1b[J");
}

TEST(Screen, CutsWhatHasNoPlace) {
    EXPECT_EQ(screen_text("abcdef\nghi\njkl\n", {2, 4}), "\x1b[Habcd\x1b[0m\x1b[K\r\nghi\x1b[K\x1b[J");
}

TEST(Screen, CountsCharactersAndNotColours) {
    EXPECT_EQ(screen_text("\x1b[32mgr\xC3\xBCn\x1b[0m\n", {1, 4}), "\x1b[H\x1b[32mgr\xC3\xBCn\x1b[0m\x1b[K\x1b[J");
}

}  // namespace
}  // namespace pinrelay::cli
