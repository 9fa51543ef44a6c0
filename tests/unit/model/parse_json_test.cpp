#include <gtest/gtest.h>

#include <ostream>

#include "fixtures/model/arena.hpp"
#include "pinrelay/model/value.hpp"

namespace pinrelay::model {
namespace {

std::string repeated(std::string_view text, std::size_t times) {
    std::string out;
    out.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i) out += text;
    return out;
}

std::string nested_arrays(std::size_t depth) { return repeated("[", depth) + repeated("]", depth); }

// The document written back, or "error at N".
std::string outcome(std::string_view text) {
    const auto result = parse_json(text, test::arena());
    if (const auto* error = std::get_if<ParseError>(&result)) return "error at " + std::to_string(error->offset);
    return to_json(std::get<Value>(result));
}

ParseError error_of(std::string_view text, ParseLimits limits = {}) {
    const auto result = parse_json(text, test::arena(), limits);
    const auto* error = std::get_if<ParseError>(&result);
    EXPECT_NE(error, nullptr) << "parsed";
    return error == nullptr ? ParseError{} : *error;
}

TEST(ParseJson, TakesEveryKindOfValue) {
    EXPECT_EQ(outcome("null"), "null");
    EXPECT_EQ(outcome(" true "), "true");
    EXPECT_EQ(outcome("\t\r\n\"x\"\n"), "\"x\"");
    EXPECT_EQ(outcome(R"( { "a" : [ 1 , { } ] , "b" : [ ] } )"), R"({"a":[1,{}],"b":[]})");
}

TEST(ParseJson, CountsEveryValueAgainstTheLimit) {
    // The document, an array, two numbers, and a text.
    constexpr std::string_view five = R"({"a":[1,2.5],"b":"x"})";

    EXPECT_TRUE(std::holds_alternative<Value>(parse_json(five, test::arena(), {.values = 5})));
    EXPECT_EQ(error_of(five, {.values = 4}).code, ParseErrc::TooMany);
    EXPECT_TRUE(std::holds_alternative<Value>(parse_json("[true,null]", test::arena(), {.values = 3})));
    EXPECT_EQ(error_of("[true,null]", {.values = 2}).code, ParseErrc::TooMany);
    EXPECT_EQ(error_of("7", {.values = 0}).code, ParseErrc::TooMany);
}

TEST(ParseJson, StopsAtTheLimitOfValues) {
    EXPECT_EQ(error_of("[1,2,this is no JSON", {.values = 2}).code, ParseErrc::TooMany);
    EXPECT_EQ(error_of("[1,this is no JSON", {.values = 2}).code, ParseErrc::Syntax);
}

TEST(ParseJson, KeepsTheOrderOfMembersAndAllDuplicates) {
    const std::string text = R"({"b":1,"a":2,"b":3,"c":4,"d":5,"e":6,"f":7})";

    EXPECT_EQ(outcome(text), text);
}

TEST(ParseJson, KeepsTheDigitsOfANumber) {
    for (const std::string text :
         {"0", "-1", "1.50", "39.995", "0.30000000000000004", "1E5", "1e-7", "1.0E+2", "-0.0", "18446744073709551615",
          "-9223372036854775808", "18446744073709551616", "-9223372036854775809",
          "123456789012345678901234567890123456789", "4.9e-324", "1e-400"})
        EXPECT_EQ(outcome(text), text);
}

TEST(ParseJson, ReadsMinusZeroAsZero) { EXPECT_EQ(outcome("-0"), "0"); }

TEST(ParseJson, DecodesEscapes) {
    EXPECT_EQ(outcome(R"("\u00e9\u20AC\ud83d\ude00\/")"), "\"é€😀/\"");
    EXPECT_EQ(outcome(R"("\u0000")"), R"("\u0000")");
    EXPECT_EQ(outcome(R"({"\u0061":1})"), R"({"a":1})");
}

TEST(ParseJson, KeepsLongTextsWhole) {
    const std::string text = R"([")" + std::string(100'000, 'x') + R"(","y",")" + std::string(40, 'z') + R"("])";

    EXPECT_EQ(outcome(text), text);
}

TEST(ParseJsonDepth, TakesThirtyTwoLevels) {
    const auto objects = repeated(R"({"a":)", 32) + "1" + repeated("}", 32);

    EXPECT_EQ(outcome(nested_arrays(32)), nested_arrays(32));
    EXPECT_EQ(outcome(objects), objects);
}

TEST(ParseJsonDepth, RefusesThirtyThreeAtTheBracketThatIsTooMuch) {
    EXPECT_EQ(outcome(nested_arrays(33)), "error at 32");
    EXPECT_EQ(outcome(repeated(R"({"a":)", 33) + "1" + repeated("}", 33)), "error at " + std::to_string(32 * 5));
}

TEST(ParseJsonDepth, CountsOnlyWhatIsOpen) {
    const auto wide = "[" + repeated("[],{},", 1000) + "[]]";

    EXPECT_EQ(outcome(wide), wide);
}

TEST(ParseJsonDepth, IsNotFooledByBracketsAndQuotesInTexts) {
    const std::string prefix = R"(["[[[{{{\"[\\",[{"]":["\\\""]}],)";

    EXPECT_EQ(outcome(prefix + nested_arrays(32) + "]"), "error at " + std::to_string(prefix.size() + 31));
}

TEST(ParseJsonDepth, SurvivesAHundredThousandLevels) {
    EXPECT_EQ(outcome(nested_arrays(100'000)), "error at 32");
    EXPECT_EQ(outcome(repeated("[", 100'000)), "error at 32");
    EXPECT_EQ(outcome(repeated(R"({"a":[)", 100'000)), "error at 96");
}

TEST(ParseJsonDepth, FollowsTheCallersLimit) {
    EXPECT_EQ(error_of("[[]]", {.depth = 1}).offset, 1u);
    EXPECT_EQ(error_of("[]", {.depth = 0}).offset, 0u);
    EXPECT_TRUE(std::holds_alternative<Value>(parse_json("1", test::arena(), {.depth = 0})));
}

TEST(ParseJsonNumbers, RefusesWhatNoDoubleHoldsAtItsFirstDigit) {
    EXPECT_EQ(outcome("1e400"), "error at 0");
    EXPECT_EQ(outcome(R"({"value":1e400,"a":1})"), "error at 9");
    EXPECT_EQ(outcome("[1,-1e400]"), "error at 3");
    EXPECT_EQ(outcome(std::string(400, '9')), "error at 0");
}

struct Refusal {
    std::string name;
    std::string text;
    std::size_t offset;
};
std::ostream& operator<<(std::ostream& out, const Refusal& row) { return out << row.name; }

class ParseJsonRefuses : public testing::TestWithParam<Refusal> {};

TEST_P(ParseJsonRefuses, AtTheRightByte) {
    const auto& [name, text, offset] = GetParam();

    const auto error = error_of(text);

    EXPECT_EQ(error.offset, offset);
    EXPECT_FALSE(error.reason.empty());
}

INSTANTIATE_TEST_SUITE_P(Truncated, ParseJsonRefuses,
                         testing::Values(Refusal{"nothing", "", 0}, Refusal{"spaces", "   ", 3},
                                         Refusal{"object", "{", 1}, Refusal{"key", R"({"a)", 3},
                                         Refusal{"colon", R"({"a")", 4}, Refusal{"value", R"({"a":)", 5},
                                         Refusal{"end", R"({"a":1)", 6}, Refusal{"array", "[1,", 3},
                                         Refusal{"text", R"("abc)", 4}, Refusal{"escape", R"("a\)", 3},
                                         Refusal{"unicode", R"("\u00)", 5}, Refusal{"literal", "tru", 3},
                                         Refusal{"minus", "-", 1}, Refusal{"fraction", "1.", 2},
                                         Refusal{"exponent", "1e", 2}, Refusal{"utf8", "\"\xc3", 2}));

INSTANTIATE_TEST_SUITE_P(Syntax, ParseJsonRefuses,
                         testing::Values(Refusal{"two documents", "{} {}", 3}, Refusal{"two numbers", "1 2", 2},
                                         Refusal{"lines", "1\n2", 2}, Refusal{"trailing comma", "[1,]", 3},
                                         Refusal{"comma in object", R"({"a":1,})", 7}, Refusal{"leading zero", "01", 1},
                                         Refusal{"plus", "+1", 0}, Refusal{"point", ".5", 0}, Refusal{"NaN", "NaN", 0},
                                         Refusal{"Infinity", "[Infinity]", 1}, Refusal{"undefined", "undefined", 0},
                                         Refusal{"single quotes", "{'a':1}", 1}, Refusal{"bare key", "{a:1}", 1},
                                         Refusal{"comment", "[1/*x*/]", 2}, Refusal{"wrong bracket", "[1}", 2},
                                         Refusal{"closed", "]", 0}, Refusal{"bad escape", R"("\x41")", 2},
                                         Refusal{"newline in text", "\"a\nb\"", 2}));

INSTANTIATE_TEST_SUITE_P(NulBytes, ParseJsonRefuses,
                         testing::Values(Refusal{"behind", std::string("{}\0", 3), 2},
                                         Refusal{"behind with more", std::string("[1]\0[2]", 7), 3},
                                         Refusal{"alone", std::string("\0", 1), 0},
                                         Refusal{"inside", std::string("[\0]", 3), 1},
                                         Refusal{"in text", std::string("\"a\0b\"", 5), 2}));

INSTANTIATE_TEST_SUITE_P(
    Surrogates, ParseJsonRefuses,
    testing::Values(Refusal{"lone high", R"("\ud800")", 7}, Refusal{"high and letter", R"("\ud800x")", 7},
                    Refusal{"high twice", R"("\ud800\ud800")", 12}, Refusal{"lone low", R"("\udc00")", 6},
                    Refusal{"swapped", R"("\udc00\ud800")", 6}, Refusal{"as key", R"({"\ud800":1})", 8}));

INSTANTIATE_TEST_SUITE_P(
    InvalidUtf8, ParseJsonRefuses,
    testing::Values(Refusal{"continuation alone", "\"\x80\"", 1}, Refusal{"no such byte", "\"a\xff\"", 2},
                    Refusal{"overlong slash", "\"\xc0\xaf\"", 1}, Refusal{"overlong of three", "\"\xe0\x80\xaf\"", 2},
                    Refusal{"surrogate", "\"\xed\xa0\x80\"", 2}, Refusal{"beyond", "\"\xf4\x90\x80\x80\"", 2},
                    Refusal{"cut by quote", "\"\xe2\x82\"", 3}, Refusal{"latin1 key", "{\"caf\xe9\":1}", 6},
                    Refusal{"outside text", "\xc3\xa9", 0}, Refusal{"UTF-16", std::string("\xff\xfe{\0}\0", 6), 0}));

TEST(ParseJsonCode, TellsTheBrokenRule) {
    EXPECT_EQ(error_of("[1,").code, ParseErrc::Syntax);
    EXPECT_EQ(error_of("\"\xff\"").code, ParseErrc::Syntax);
    EXPECT_EQ(error_of(R"("\ud800")").code, ParseErrc::Syntax);
    EXPECT_EQ(error_of(std::string("1\0", 2)).code, ParseErrc::Syntax);
    EXPECT_EQ(error_of(nested_arrays(33)).code, ParseErrc::TooDeep);
    EXPECT_EQ(error_of("[1e400]").code, ParseErrc::Number);
}

TEST(ParseJsonCode, IsThatOfTheFirstProblem) {
    EXPECT_EQ(error_of("[}" + nested_arrays(33)).code, ParseErrc::Syntax);
    EXPECT_EQ(error_of(nested_arrays(33) + "}").code, ParseErrc::TooDeep);
    EXPECT_EQ(error_of("[1e400" + nested_arrays(33)).code, ParseErrc::Number);
}

TEST(ParseJsonReason, SaysWhatIsWrongWithoutTheText) {
    EXPECT_EQ(error_of("[1e400]").reason, "number out of range");
    EXPECT_EQ(error_of(nested_arrays(33)).reason, "nested too deeply");
    EXPECT_EQ(error_of(std::string("1\0", 2)).reason, "NUL byte");
    EXPECT_EQ(error_of("[1,").reason, "unexpected end of input; expected '[', '{', or a literal");
    EXPECT_EQ(error_of("\"jane@example.com\xff\"").reason, "invalid string: ill-formed UTF-8 byte");
    EXPECT_EQ(error_of(R"({"jane - doe":"jane \q)").reason.find("jane"), std::string::npos);
}

}  // namespace
}  // namespace pinrelay::model
