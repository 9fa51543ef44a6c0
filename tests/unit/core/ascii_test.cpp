#include "pinrelay/core/ascii.hpp"

#include <gtest/gtest.h>

#include <cctype>

namespace pinrelay::ascii {
namespace {

TEST(Ascii, ClassesAreThoseOfTheCLocale) {
    for (int byte = 0; byte < 256; ++byte) {
        const char c = static_cast<char>(byte);
        EXPECT_EQ(is_ascii(c), byte < 0x80) << byte;
        EXPECT_EQ(is_digit(c), std::isdigit(byte) != 0) << byte;
        EXPECT_EQ(is_lower(c), std::islower(byte) != 0) << byte;
        EXPECT_EQ(is_upper(c), std::isupper(byte) != 0) << byte;
        EXPECT_EQ(is_letter(c), std::isalpha(byte) != 0) << byte;
        EXPECT_EQ(is_alphanumeric(c), std::isalnum(byte) != 0) << byte;
        EXPECT_EQ(is_hex_digit(c), std::isxdigit(byte) != 0) << byte;
        EXPECT_EQ(trimmed(std::string_view(&c, 1)).empty(), std::isspace(byte) != 0) << byte;
        EXPECT_EQ(lower(c), static_cast<char>(std::tolower(byte))) << byte;
        EXPECT_EQ(upper(c), static_cast<char>(std::toupper(byte))) << byte;
    }
}

TEST(Ascii, LowerCaseLeavesEveryOtherByte) { EXPECT_EQ(in_lower_case("\xC3\x84[AZ@_09"), "\xC3\x84[az@_09"); }

TEST(Ascii, UpperCaseLeavesEveryOtherByte) { EXPECT_EQ(in_upper_case("\xC3\xA4{az@_09"), "\xC3\xA4{AZ@_09"); }

TEST(Ascii, TrimmedKeepsTheInside) {
    EXPECT_EQ(trimmed(" \t\v\f\r\na b\n"), "a b");
    EXPECT_EQ(trimmed(" \t "), "");
    EXPECT_EQ(trimmed(""), "");
}

TEST(Ascii, TrimmedRemovesOnlyTheGivenBytes) {
    EXPECT_EQ(trimmed(" \ta\n ", blanks), "a\n");
    EXPECT_EQ(trimmed("\r\va\v\n", blanks_and_line_ends), "\va\v");
}

TEST(Ascii, EqualsIgnoringCaseOfLettersOnly) {
    EXPECT_TRUE(equals_ignoring_case("Content-Type", "cONTENT-tYPE"));
    EXPECT_TRUE(equals_ignoring_case("", ""));
    EXPECT_FALSE(equals_ignoring_case("a", "ab"));
    EXPECT_FALSE(equals_ignoring_case("@", "`"));
    EXPECT_FALSE(equals_ignoring_case("[", "{"));
    EXPECT_FALSE(equals_ignoring_case("\xC4", "\xE4"));
}

TEST(Ascii, PrefixesSuffixesAndPartsIgnoreCase) {
    EXPECT_TRUE(starts_with_ignoring_case("Multipart/form-data", "multipart/"));
    EXPECT_FALSE(starts_with_ignoring_case("multi", "multipart/"));
    EXPECT_TRUE(ends_with_ignoring_case("www.Shop.Example", ".shop.example"));
    EXPECT_FALSE(ends_with_ignoring_case("shop.example", ".shop.example"));
    EXPECT_TRUE(contains_ignoring_case("x, PreFetch;y", "prefetch"));
    EXPECT_TRUE(contains_ignoring_case("", ""));
    EXPECT_FALSE(contains_ignoring_case("prefetc", "prefetch"));
}

static_assert(all_digits("0123456789") && !all_digits("12a"));
static_assert(all_letters("azAZ") && !all_letters("a b"));
static_assert(all_ascii("\x7f") && !all_ascii("\x80"));

}  // namespace
}  // namespace pinrelay::ascii
