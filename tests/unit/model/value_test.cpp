#include "pinrelay/model/value.hpp"
#include "fixtures/model/arena.hpp"

#include <gtest/gtest.h>

namespace pinrelay::model {
namespace {

Value parsed(std::string_view text) {
    const auto result = parse_json(text, test::arena());
    EXPECT_TRUE(std::holds_alternative<Value>(result)) << text;
    return std::holds_alternative<Value>(result) ? std::get<Value>(result) : Value();
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

std::string with(std::string_view object, const Value& value) {
    return to_json(with_member(parsed(object), "a", value, test::arena()));
}

TEST(ValueWithMember, HasItAtTheEndWhereItIsNew) {
    EXPECT_EQ(with(R"({"b":1})", Value("new")), R"({"b":1,"a":"new"})");
    EXPECT_EQ(with("{}", Value("new")), R"({"a":"new"})");
    EXPECT_EQ(with("[1]", Value("new")), R"({"a":"new"})");
}

TEST(ValueWithMember, HasItInTheOldPlace) {
    EXPECT_EQ(with(R"({"a":1,"b":2})", Value()), R"({"a":null,"b":2})");
    EXPECT_EQ(with(R"({"a":1,"a":2,"b":3})", Value(true)), R"({"a":1,"a":true,"b":3})");
}

TEST(ValueWithMember, LeavesTheObjectAsItIs) {
    const Value object = parsed(R"({"a":1})");

    with_member(object, "a", Value("new"), test::arena());

    EXPECT_EQ(to_json(object), R"({"a":1})");
}

TEST(ValueFiltered, KeepsTheOrder) {
    const Value kept = filtered(parsed(R"({"a":1,"b":2,"a":3,"c":4})"), test::arena(),
                                [](const Value::Member& member) { return member.key != "b"; });

    EXPECT_EQ(to_json(kept), R"({"a":1,"a":3,"c":4})");
}

TEST(ValueWithValues, ReplacesEachAndCopiesNothingElse) {
    const Value object = parsed(R"({"a":1,"b":"x","c":[]})");
    const auto same = [](const Value::Member& member) { return member.value; };
    const auto other = [](const Value::Member& member) { return member.key == "b" ? Value(false) : member.value; };

    EXPECT_TRUE(with_values(object, test::arena(), same).is_same_view(object));
    EXPECT_EQ(to_json(with_values(object, test::arena(), other)), R"({"a":1,"b":false,"c":[]})");
    EXPECT_EQ(to_json(with_values(parsed("[1]"), test::arena(), other)), "[1]");
}

TEST(Value, IsEqualByWhatItHolds) {
    const auto* texts = R"([null,true,false,1,"1","",[],[1],{},{"a":1},{"a":"1"},{"b":1}])";
    const Value one = parsed(texts);
    const Value other = parsed(texts);

    for (std::size_t i = 0; i < one.items().size(); ++i)
        for (std::size_t j = 0; j < one.items().size(); ++j) EXPECT_EQ(one.items()[i] == other.items()[j], i == j);
}

TEST(Document, OutlivesWhatItWasMadeOf) {
    Document kept;
    {
        Arena short_lived;
        std::string text = R"({"a":["x",1,true,null]})";
        kept = Document(std::get<Value>(parse_json(text, short_lived)));
    }
    const Document copy = kept;

    EXPECT_EQ(to_json(*kept), R"({"a":["x",1,true,null]})");
    EXPECT_EQ(copy, kept);
    EXPECT_TRUE(Document()->is_null());
}

}  // namespace
}  // namespace pinrelay::model
