#include <gtest/gtest.h>

#include "pinrelay/model/value.hpp"

namespace pinrelay::model {
namespace {

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

TEST(ToJson, ReplacesInvalidUtf8InKeysAndTexts) {
    EXPECT_EQ(to_json(Value(Value::Object{{"k\xff", Value("\x80")}})), "{\"k\uFFFD\":\"\uFFFD\"}");
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
