#include "decode/text/dotted_object.hpp"

#include <gtest/gtest.h>

#include "fixtures/decoding.hpp"

namespace pinrelay::decode {
namespace {

std::string object_of(std::initializer_list<std::pair<const char*, const char*>> paths, std::size_t most = 100) {
    model::Arena arena;
    DottedObject object(most, arena);
    for (const auto& [path, text] : paths) object.set(path, model::Value(text));
    return model::to_json(object.value());
}

TEST(DottedObject, NestsWhatTheDotsPart) {
    EXPECT_EQ(object_of({{"a.b", "1"}, {"c", "2"}, {"a.d.e", "3"}}), R"({"a":{"b":"1","d":{"e":"3"}},"c":"2"})");
}

TEST(DottedObject, MakesArraysInTheOrderOfTheirNumbers) {
    EXPECT_EQ(object_of({{"i.10.x", "c"}, {"i.2.x", "b"}, {"i.0.x", "a"}}), R"({"i":[{"x":"a"},{"x":"b"},{"x":"c"}]})");
    EXPECT_EQ(object_of({{"i.1.0", "b"}, {"i.0.0", "a"}}), R"({"i":[["a"],["b"]]})");
}

TEST(DottedObject, KeepsNumbersBesideNamesAsKeys) {
    EXPECT_EQ(object_of({{"i.0", "a"}, {"i.x", "b"}, {"0", "c"}}), R"({"i":{"0":"a","x":"b"},"0":"c"})");
    EXPECT_EQ(object_of({{"0", "a"}, {"1", "b"}}), R"({"0":"a","1":"b"})");
    EXPECT_EQ(object_of({{"i.12345678901234567890", "a"}}), R"({"i":{"12345678901234567890":"a"}})");
}

TEST(DottedObject, LetsTheLastValueOfAPathCountAndAnObjectBeforeAValue) {
    EXPECT_EQ(object_of({{"a", "1"}, {"a", "2"}}), R"({"a":"2"})");
    EXPECT_EQ(object_of({{"a", "1"}, {"a.b", "2"}}), R"({"a":{"b":"2"}})");
    EXPECT_EQ(object_of({{"a.b", "2"}, {"a", "1"}}), R"({"a":{"b":"2"}})");
}

TEST(DottedObject, TakesAPathOfTooManyPartsForAKey) {
    EXPECT_EQ(object_of({{"1.2.3.4.5.6.7.8.9", "x"}}), R"({"1.2.3.4.5.6.7.8.9":"x"})");
    EXPECT_EQ(object_of({{"..", "x"}}), R"({"":{"":{"":"x"}}})");
}

TEST(DottedObject, PassesOverPathsBeyondItsLimit) {
    EXPECT_EQ(object_of({{"a", "1"}, {"b", "2"}, {"c", "3"}}, 2), R"({"a":"1","b":"2"})");
}

TEST(DottedObject, IsEmptyAtFirst) {
    model::Arena arena;
    DottedObject object(10, arena);
    EXPECT_TRUE(object.empty());
    object.set("a", model::Value("1"));
    EXPECT_FALSE(object.empty());
    EXPECT_EQ(model::to_json(object.value()), R"({"a":"1"})");
}

}  // namespace
}  // namespace pinrelay::decode
