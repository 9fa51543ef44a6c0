#include "pinrelay/core/json_text.hpp"

#include <gtest/gtest.h>

namespace pinrelay {
namespace {

const std::string replaced = "\xEF\xBF\xBD";

std::string in_quotes(std::string_view text) { return '"' + std::string(text) + '"'; }

std::string json_text(std::string_view text) {
    std::string out;
    append_json_text(out, text);
    return out;
}

TEST(JsonText, IsAppendedInQuotes) {
    std::string out = "[";

    append_json_text(out, "a");
    append_json_text(out, "");

    EXPECT_EQ(out, "[\"a\"\"\"");
}

TEST(JsonText, EscapesWhatMustBeEscapedAndNothingElse) {
    EXPECT_EQ(json_text("\" \\ / \b \f \n \r \t"), R"("\" \\ / \b \f \n \r \t")");
    EXPECT_EQ(json_text(std::string_view("\0\x01\x1f\x7f", 4)), "\"\\u0000\\u0001\\u001f\x7f\"");
}

TEST(JsonText, KeepsTextOfEveryLengthOfSequence) {
    for (const auto* text :
         {"a", "é", "€", "😀", "\u0080", "\u07ff", "\u0800", "\ud7ff", "\ue000", "\uffff", "\U00010000", "\U0010ffff"})
        EXPECT_EQ(json_text(text), in_quotes(text));
}

TEST(JsonText, ReplacesEachByteOfInvalidUtf8) {
    EXPECT_EQ(json_text("a\xffz"), in_quotes("a" + replaced + "z"));
    EXPECT_EQ(json_text("\x80"), in_quotes(replaced));
    EXPECT_EQ(json_text("\xc3"), in_quotes(replaced));                                // cut off
    EXPECT_EQ(json_text("\xe2\x82"), in_quotes(replaced + replaced));                 // cut off
    EXPECT_EQ(json_text("\xc3("), in_quotes(replaced + "("));                         // no continuation
    EXPECT_EQ(json_text("\xc0\x80"), in_quotes(replaced + replaced));                 // overlong NUL
    EXPECT_EQ(json_text("\xe0\x80\xaf"), in_quotes(replaced + replaced + replaced));  // overlong '/'
    EXPECT_EQ(json_text("\xed\xa0\x80"), in_quotes(replaced + replaced + replaced));  // surrogate
    EXPECT_EQ(json_text("\xf4\x90\x80\x80"),
              in_quotes(replaced + replaced + replaced + replaced));  // beyond U+10FFFF
}

// Eight bytes are looked at together.
TEST(JsonText, FindsEachByteThatIsNotPlainAtEachPlace) {
    for (int byte = 0; byte < 256; ++byte)
        for (std::size_t place = 0; place < 20; ++place) {
            std::string text(20, 'x');
            text[place] = static_cast<char>(byte);
            const std::string one = json_text(text.substr(place, 1));
            EXPECT_EQ(json_text(text), in_quotes(std::string(place, 'x') + one.substr(1, one.size() - 2) +
                                                 std::string(text.size() - place - 1, 'x')))
                << byte << " at " << place;
        }
}

}  // namespace
}  // namespace pinrelay
