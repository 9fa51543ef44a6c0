#include <gtest/gtest.h>

#include <array>

#include "pinrelay/model/value.hpp"

namespace pinrelay::model {
namespace {

std::string object_json(const Value::Member& member) { return to_json(Value(Value::Object(&member, 1))); }

TEST(ToJson, IsCompactAndKeepsTheOrderOfMembers) {
    const std::array list = {Value(Value::Number{"1.50"}), Value(true), Value(false), Value()};
    const std::array<Value::Member, 3> members = {
        {{"z", Value(Value::Array(list))}, {"a", Value(Value::Object())}, {"m", Value(Value::Array())}}};

    EXPECT_EQ(to_json(Value(Value::Object(members))), R"({"z":[1.50,true,false,null],"a":{},"m":[]})");
}

TEST(ToJson, EscapesWhatMustBeEscapedAndNothingElse) {
    EXPECT_EQ(to_json(Value("\" \\ / \b \f \n \r \t")), R"("\" \\ / \b \f \n \r \t")");
    EXPECT_EQ(to_json(Value(std::string_view("\0\x01\x1f\x7f", 4))), "\"\\u0000\\u0001\\u001f\x7f\"");
    EXPECT_EQ(object_json({"a\"b\n", Value()}), R"({"a\"b\n":null})");
}

TEST(ToJson, ReplacesInvalidUtf8InKeysAndTexts) {
    EXPECT_EQ(object_json({"k\xff", Value("\x80")}), "{\"k\uFFFD\":\"\uFFFD\"}");
}

TEST(ToJson, GivesTextThatParsesToTheSameValue) {
    const std::string text = R"({"a":[1,-2.50,1e5,{"b":"ü\u0001\"😀"},[[]],null,true],"":{"x":{}}})";
    Arena arena;
    const auto document = parse_json(text, arena);
    ASSERT_TRUE(std::holds_alternative<Value>(document));

    const auto again = parse_json(to_json(std::get<Value>(document)), arena);

    ASSERT_TRUE(std::holds_alternative<Value>(again));
    EXPECT_EQ(std::get<Value>(again), std::get<Value>(document));
}

}  // namespace
}  // namespace pinrelay::model
