#include <gtest/gtest.h>

#include "pinrelay/model/value.hpp"

namespace pinrelay::model {
namespace {

const std::string replaced = "\xEF\xBF\xBD";

std::string in_quotes(std::string_view text) { return '"' + std::string(text) + '"'; }

TEST(ToJson, IsCompactAndKeepsTheOrderOfMembers) {
    const Value document(Value::Object{
        {"z", Value(Value::Array{Value(Value::Number{"1.50"}), Value(true), Value(false), Value()})},
        {"a", Value(Value::Object{})},
        {"m", Value(Value::Array{})},
    });

    EXPECT_EQ(to_json(document), R"({"z":[1.50,true,false,null],"a":{},"m":[]})");
}

TEST(ToJson, EscapesWhatMustBeEscapedAndNothingElse) {
    EXPECT_EQ(to_json(Value("\" \\ / \b \f \n \r \t")), R"("\" \\ / \b \f \n \r \t")");
    EXPECT_EQ(to_json(Value(std::string("\0\x01\x1f\x7f", 4))), "\"\\u0000\\u0001\\u001f\x7f\"");
    EXPECT_EQ(to_json(Value(Value::Object{{"a\"b\n", Value()}})), R"({"a\"b\n":null})");
}

TEST(ToJson, KeepsTextOfEveryLengthOfSequence) {
    for (const auto* text :
         {"a", "é", "€", "😀", "\u0080", "\u07ff", "\u0800", "\ud7ff", "\ue000", "\uffff", "\U00010000", "\U0010ffff"})
        EXPECT_EQ(to_json(Value(text)), in_quotes(text));
}

TEST(ToJson, ReplacesEachByteOfInvalidUtf8) {
    EXPECT_EQ(to_json(Value("a\xff"
                            "b")),
              in_quotes("a" + replaced + "b"));
    EXPECT_EQ(to_json(Value("\x80")), in_quotes(replaced));
    EXPECT_EQ(to_json(Value("\xc3")), in_quotes(replaced));                                // cut off
    EXPECT_EQ(to_json(Value("\xe2\x82")), in_quotes(replaced + replaced));                 // cut off
    EXPECT_EQ(to_json(Value("\xc3(")), in_quotes(replaced + "("));                         // no continuation
    EXPECT_EQ(to_json(Value("\xc0\x80")), in_quotes(replaced + replaced));                 // overlong NUL
    EXPECT_EQ(to_json(Value("\xe0\x80\xaf")), in_quotes(replaced + replaced + replaced));  // overlong '/'
    EXPECT_EQ(to_json(Value("\xed\xa0\x80")), in_quotes(replaced + replaced + replaced));  // surrogate
    EXPECT_EQ(to_json(Value("\xf4\x90\x80\x80")),
              in_quotes(replaced + replaced + replaced + replaced));  // beyond U+10FFFF
    EXPECT_EQ(to_json(Value(Value::Object{{"k\xff", Value()}})), "{" + in_quotes("k" + replaced) + ":null}");
}

TEST(ToJson, GivesTextThatParsesToTheSameValue) {
    const std::string text = R"({"a":[1,-2.50,1e5,{"b":"ü\u0001\"😀"},[[]],null,true],"":{"x":{}}})";
    const auto document = parse_json(text);
    ASSERT_TRUE(std::holds_alternative<Value>(document));

    const auto again = parse_json(to_json(std::get<Value>(document)));

    ASSERT_TRUE(std::holds_alternative<Value>(again));
    EXPECT_EQ(std::get<Value>(again), std::get<Value>(document));
}

}  // namespace
}  // namespace pinrelay::model
