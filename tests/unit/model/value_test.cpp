#include "pinrelay/model/value.hpp"

#include <gtest/gtest.h>

namespace pinrelay::model {
namespace {

Value parsed(std::string_view text) {
    auto result = parse_json(text);
    EXPECT_TRUE(std::holds_alternative<Value>(result)) << text;
    return std::holds_alternative<Value>(result) ? std::get<Value>(std::move(result)) : Value();
}

std::string at(const Value& document, std::string_view pointer) {
    const Value* value = document.at_pointer(pointer);
    return value == nullptr ? "(nothing)" : to_json(*value);
}

TEST(ValueFind, GivesTheMemberOfThatName) {
    const Value document = parsed(R"({"a":1,"b":"two","":3})");

    ASSERT_NE(document.find("b"), nullptr);
    EXPECT_EQ(*document.find("b"), Value("two"));
    EXPECT_EQ(to_json(*document.find("")), "3");
    EXPECT_EQ(document.find("B"), nullptr);
}

TEST(ValueFind, GivesTheLastOfDuplicates) {
    const Value document = parsed(R"({"a":1,"b":2,"a":3})");

    EXPECT_EQ(to_json(*document.find("a")), "3");
}

TEST(ValueFind, FindsNothingInWhatIsNoObject) {
    for (const auto* text : {"null", "true", "1", "\"a\"", "[\"a\"]", "{}"})
        EXPECT_EQ(parsed(text).find("a"), nullptr) << text;
}

// The document and the answers of RFC 6901 section 5.
TEST(ValueAtPointer, AnswersTheExamplesOfTheStandard) {
    const Value document =
        parsed(R"({"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8})");

    EXPECT_EQ(document.at_pointer(""), &document);
    EXPECT_EQ(at(document, "/foo"), R"(["bar","baz"])");
    EXPECT_EQ(at(document, "/foo/0"), R"("bar")");
    EXPECT_EQ(at(document, "/"), "0");
    EXPECT_EQ(at(document, "/a~1b"), "1");
    EXPECT_EQ(at(document, "/c%d"), "2");
    EXPECT_EQ(at(document, "/e^f"), "3");
    EXPECT_EQ(at(document, "/g|h"), "4");
    EXPECT_EQ(at(document, "/i\\j"), "5");
    EXPECT_EQ(at(document, "/k\"l"), "6");
    EXPECT_EQ(at(document, "/ "), "7");
    EXPECT_EQ(at(document, "/m~0n"), "8");
}

TEST(ValueAtPointer, WalksObjectsAndArrays) {
    const Value document = parsed(R"({"ecommerce":{"items":[{"price":9.90}],"":{"":"deep"}}})");

    EXPECT_EQ(at(document, "/ecommerce/items/0/price"), "9.90");
    EXPECT_EQ(at(document, "/ecommerce//"), "\"deep\"");
}

TEST(ValueAtPointer, FindsNothingWhereThereIsNothing) {
    const Value document = parsed(R"({"a":["x"],"s":"text","~2":1,"~":2})");

    for (const auto* pointer : {"/b", "/a/1", "/a/-", "/a/00", "/a/+0", "/a/", "/a/x", "/a/0/0", "/s/0",
                                "/a/18446744073709551616", "a", "#/a", "/~2", "/~"})
        EXPECT_EQ(at(document, pointer), "(nothing)") << pointer;
}

TEST(ValueAtPointer, UnescapesFromLeftToRight) {
    const Value document = parsed(R"({"~1":"tilde one"})");

    EXPECT_EQ(at(document, "/~01"), "\"tilde one\"");
}

TEST(ValueScalarText, GivesTextDigitsAndBooleans) {
    EXPECT_EQ(Value("x").scalar_text(), "x");
    EXPECT_EQ(parsed("39.90").scalar_text(), "39.90");
    EXPECT_EQ(Value(true).scalar_text(), "true");
    EXPECT_EQ(Value(false).scalar_text(), "false");
    EXPECT_EQ(Value("").scalar_text(), "");
}

TEST(ValueScalarText, GivesNothingForTheRest) {
    for (const auto* text : {"null", "[]", "[1]", "{}"}) EXPECT_EQ(parsed(text).scalar_text(), std::nullopt) << text;
}

TEST(ValueSet, AddsAtTheEnd) {
    Value document = parsed(R"({"b":1})");

    document.set("a", Value("new"));

    EXPECT_EQ(to_json(document), R"({"b":1,"a":"new"})");
}

TEST(ValueSet, ReplacesInPlace) {
    Value document = parsed(R"({"a":1,"b":2})");

    document.set("a", Value());

    EXPECT_EQ(to_json(document), R"({"a":null,"b":2})");
}

TEST(ValueSet, ReplacesTheDuplicateThatFindSees) {
    Value document = parsed(R"({"a":1,"a":2})");

    document.set("a", Value("new"));

    EXPECT_EQ(*document.find("a"), Value("new"));
}

TEST(ValueSet, LeavesWhatIsNoObjectAlone) {
    Value document = parsed("[1]");

    document.set("a", Value("new"));

    EXPECT_EQ(to_json(document), "[1]");
}

}  // namespace
}  // namespace pinrelay::model
