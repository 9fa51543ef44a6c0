#include "pinrelay/core/utf8.hpp"

#include <gtest/gtest.h>

namespace pinrelay {
namespace {

TEST(PrintableLength, IsThatOfTheCharacter) {
    EXPECT_EQ(printable_length("ab"), 1U);
    EXPECT_EQ(printable_length("\xC2\xA0"), 2U);
    EXPECT_EQ(printable_length("€"), 3U);
    EXPECT_EQ(printable_length("\xE2\x80\xA7"), 3U);
    EXPECT_EQ(printable_length("\xE2\x80\xAF"), 3U);
    EXPECT_EQ(printable_length("\xE2\x81\xAA"), 3U);
}

TEST(PrintableLength, IsZeroOfControlsSeparatorsAndWhatIsNoUtf8) {
    for (const char* text :
         {"", "\n", "\x1b", "\x7f", "\xC2\x85", "\xC2\x9B", "\xE2\x80\xA8", "\xE2\x80\xA9", "\xE2\x80\xAA",
          "\xE2\x80\xAE", "\xE2\x81\xA6", "\xE2\x81\xA9", "\xFF", "\xC2", "\xED\xA0\x80"})
        EXPECT_EQ(printable_length(text), 0U) << text;
}

TEST(Printable, HasOneStandInForEachCharacterThatIsNotAndForEachStrayByte) {
    EXPECT_EQ(printable("a\x1b€\xE2\x80\xA8"
                        "b\xFF\xFE"
                        "c\xC2",
                        '?'),
              "a?€?b??c?");
    EXPECT_EQ(printable("", '?'), "");
}

}  // namespace
}  // namespace pinrelay
