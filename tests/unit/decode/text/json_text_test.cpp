#include "decode/text/json_text.hpp"

#include <gtest/gtest.h>

#include <string>

#include "pinrelay/model/value.hpp"

namespace pinrelay::decode {
namespace {

std::string opened(std::string_view text) { return model::to_json(open_json_texts(test::json(text), test::arena())); }

TEST(JsonText, IsReadUpToThreeTimesWithinItself) {
    const std::string once = model::to_json(model::Value("[1]"));
    const std::string twice = model::to_json(model::Value(once));

    for (const std::string& text : {std::string(" [1] "), once, twice}) {
        const auto inside = structure_in_text(model::Value(text), test::arena());
        ASSERT_TRUE(inside) << text;
        EXPECT_EQ(model::to_json(*inside), "[1]") << text;
    }
}

TEST(JsonText, IsNothingElse) {
    for (const std::string_view text : {"", "1", "null", "text", "[1", "{\"a\":}", "\"[1\"", "[1] x"})
        EXPECT_FALSE(structure_in_text(model::Value(text), test::arena())) << text;
    EXPECT_FALSE(structure_in_text(test::json("[1]"), test::arena()));
    EXPECT_FALSE(structure_in_text(model::Value(), test::arena()));
}

TEST(JsonText, NestedDeeplyIsNotRead) {
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    const std::string deep = nested(12);
    const std::string deeper = nested(13);

    EXPECT_TRUE(structure_in_text(model::Value(deep), test::arena()));
    EXPECT_FALSE(structure_in_text(model::Value(deeper), test::arena()));
}

TEST(OpenJsonTexts, OpensWhatLeadsToFields) {
    EXPECT_EQ(opened(R"({"user_data":"{\"email\":\"a@b.de\"}"})"), R"({"user_data":{"email":"a@b.de"}})");
    EXPECT_EQ(opened(R"({"userData":{"address":"{\"city\":\"Bonn\"}"}})"),
              R"({"userData":{"address":{"city":"Bonn"}}})");
    EXPECT_EQ(opened(R"({"ecommerce":"{\"value\":1}"})"), R"({"ecommerce":{"value":1}})");
    EXPECT_EQ(opened(R"({"consent":"{\"ad_storage\":\"denied\"}"})"), R"({"consent":{"ad_storage":"denied"}})");
}

TEST(OpenJsonTexts, LeavesAllElse) {
    for (const std::string_view text : {R"({"note":"{\"email\":\"a@b.de\"}"})", R"({"items":"[{\"item_id\":\"A\"}]"})",
                                        R"({"user_data":"{broken"})", "[]", "null", R"("{}")"})
        EXPECT_EQ(opened(text), text);
}

}  // namespace
}  // namespace pinrelay::decode
