#include <gtest/gtest.h>

#include <random>

#include "every_rule.hpp"

namespace pinrelay::identity {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t megabyte = 1'000'000;

// What the rules' decisions hang on, to be thrown together.
constexpr std::array pieces = {
    "0"sv,    "1"sv,       "26"sv, "1997"sv, "415"sv, "+"sv,  "-"sv,    "/"sv,     "("sv,    ")"sv,
    "@"sv,    "."sv,       ","sv,  ":"sv,    ";"sv,   "::"sv, "="sv,    " "sv,     "\0"sv,   "\u200b"sv,
    "\xff"sv, "a"sv,       "Z"sv,  "T"sv,    "ff"sv,  "US"sv, "null"sv, "ext"sv,   "tel:"sv, "phone-context"sv,
    "é"sv,    "e\u0301"sv, "İ"sv,  "Σ"sv,    "ß"sv,   "日"sv, "🙂"sv, "\u0661"sv};

// Its text is a hint, which changes the answer but is none.
bool is_hint(const NamedRule& rule) { return rule.name.find('\'') != std::string_view::npos; }

TEST(HostileInput, BytesThatAreNoUtf8GiveNothing) {
    const std::string texts[] = {
        "jane\xff@example.com",          "jos\xe9@example.com",      "\xc0\xaf@example.com", "\xed\xa0\x80@example.com",
        "a\xf4\x90\x80\x80@example.com", "jane@example.com\xe2\x82", "+1415555267\xb2",      "94107\x80",
    };

    for (const auto& rule : every_rule) {
        if (is_hint(rule)) continue;
        for (const auto& text : texts) EXPECT_EQ(rule.apply(text), std::nullopt) << rule.name;
    }
}

TEST(HostileInput, AMegabyteGivesNothing) {
    const std::string texts[] = {std::string(megabyte, 'a'), std::string(megabyte, ' '), std::string(megabyte, '4'),
                                 std::string(megabyte, '\xcc'), "jane@example.com" + std::string(megabyte, ' ')};

    for (const auto& rule : every_rule) {
        if (is_hint(rule)) continue;
        for (const auto& text : texts) EXPECT_EQ(rule.apply(text), std::nullopt) << rule.name;
    }
}

// What libphonenumber's patterns would chew on for milliseconds each.
TEST(HostileInput, APhoneOfMoreThan20DigitsOr64BytesGivesNothing) {
    const std::string number = "+1 415 555 2671";

    EXPECT_EQ(phone(number + " ext. 123456789", ""), "+14155552671");  // 20 digits
    EXPECT_EQ(phone(number + " ext. 1234567890", ""), std::nullopt);   // 21
    EXPECT_EQ(phone(number + ";" + std::string(48, 'x'), ""), "+14155552671");
    EXPECT_EQ(phone(number + ";" + std::string(49, 'x'), ""), std::nullopt);
    EXPECT_EQ(phone(std::string(100, ' ') + number, ""), "+14155552671");
    EXPECT_EQ(phone(std::string(200, '4'), "US"), std::nullopt);
}

TEST(HostileInput, AMegabyteOfBlanksIsTrimmedAndAbsent) {
    std::string blanks;
    while (blanks.size() < megabyte) blanks += "\u200b \u3000";

    EXPECT_EQ(trim(blanks), "");
    EXPECT_EQ(trim(blanks + "jane" + blanks), "jane");
    EXPECT_TRUE(is_absent(blanks));
    EXPECT_FALSE(is_absent(blanks + "jane"));
}

TEST(HostileInput, TrimStopsAtBytesThatAreNoUtf8) {
    EXPECT_EQ(trim(" \xff a \x80 "), "\xff a \x80");
    EXPECT_EQ(trim("\xe2\x80"), "\xe2\x80");
}

TEST(HostileInput, ANulByteDoesNotCutTheText) {
    EXPECT_EQ(public_address("8.8.8.8\0.example"sv), std::nullopt);
    EXPECT_EQ(birth_date("1997-12-26\0x"sv), std::nullopt);
    EXPECT_EQ(external_id_exact("a\0b"sv), std::string("a\0b"sv));
}

// Every answer is one the rule gives again: cleaning what is clean changes nothing.
TEST(HostileInput, RandomTextGivesNothingOrSomethingClean) {
    std::mt19937 random(20240607);  // the same texts in every run
    std::uniform_int_distribution<std::size_t> pick(0, pieces.size() - 1);
    std::uniform_int_distribution<int> length(0, 24);

    for (int round = 0; round < 5'000; ++round) {
        std::string text;
        for (int left = length(random); left > 0; --left) text += pieces[pick(random)];

        for (const auto& rule : every_rule) {
            const auto clean = rule.apply(text);
            if (clean && !is_hint(rule)) {
                EXPECT_EQ(rule.apply(*clean), clean) << rule.name << " of " << testing::PrintToString(text);
            }
        }
    }
}

}  // namespace
}  // namespace pinrelay::identity
