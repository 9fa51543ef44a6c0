#include <gtest/gtest.h>
#include <algorithm>

#include "fixture.hpp"

namespace pinrelay::config {
namespace {

// The one problem that a text has.
Problem only_problem(const std::string& text, Variables set = enough()) {
    const auto loaded = load_text(text, std::move(set));
    EXPECT_EQ(loaded.problems.size(), 1u) << text << "\n" << texts(loaded);
    return loaded.problems.empty() ? Problem() : loaded.problems.front();
}

TEST(ConfigFile, MayHoldComments) {
    const auto loaded = load_text("// one\n{ /* two */ \"workers\": 2 // three\n}");

    EXPECT_TRUE(loaded.problems.empty()) << texts(loaded);
    EXPECT_EQ(loaded.config.workers, 2u);
}

TEST(ConfigFile, NamesFileKeyAndReason) {
    const TemporaryFile file(R"({"workers": "many"})");

    const auto loaded = load(file.path(), variables(enough()));

    ASSERT_EQ(loaded.problems.size(), 1u);
    EXPECT_EQ(loaded.problems[0].text(), file.path().string() + ": workers: must be a whole number from 0 to 1024");
}

TEST(ConfigFile, ReportsAllThatIsWrongAtOnce) {
    const auto loaded = load_text(R"({"workers": "many", "listen": 1, "collect": {"debug": 1, "x": 2}, "delivery": 3,
                                      "accounts": [{"ad_account_id": "x"}, 7]})",
                                  {});

    EXPECT_GE(loaded.problems.size(), 8u) << texts(loaded);
}

TEST(ConfigFile, SuggestsTheKnownKeyThatIsNear) {
    EXPECT_EQ(only_problem(R"({"listne": ""})").reason, "is not known; is \"listen\" meant?");
    EXPECT_EQ(only_problem(R"({"collect": {"prefix": []}})").reason, "is not known; is \"prefixes\" meant?");
    EXPECT_EQ(only_problem(R"({"mapping": {"evnts": {}}})").reason, "is not known; is \"events\" meant?");
    EXPECT_EQ(only_problem(R"({"something_else": {}})").reason, "is not known");
}

TEST(ConfigFile, RefusesADottedKeyThatIsWrittenFlat) {
    EXPECT_EQ(only_problem(R"({"collect.debug": true})").key, "collect.debug");
}

TEST(ConfigFile, LetsEditorsNameTheSchema) {
    EXPECT_TRUE(load_text(R"({"$schema": "pinrelay.schema.json"})").problems.empty());
}

TEST(ConfigFile, SaysLineAndColumnWhereItIsNoJson) {
    const auto problem = only_problem("{\n  \"workers\": 2,\n  \"listen\" \"x\"\n}");

    EXPECT_TRUE(problem.key.starts_with("line 3, column ")) << problem.key;
}

TEST(ConfigFile, SurvivesAnyKindOfText) {
    for (const char* text : {"", "null", "[]", "1", "{", "}", "{\"a\":", "\xff\xfe", "{\"workers\": 1e999}", "/* open"})
        EXPECT_FALSE(load_text(text).problems.empty()) << text;
}

TEST(ConfigFile, RefusesAKeyThatIsWrittenTwice) {
    const auto problem = only_problem(R"({"workers": 1, "workers": 2})");

    EXPECT_EQ(problem.key, "workers");
    EXPECT_EQ(problem.reason, "is written twice in one object");
}

TEST(ConfigFile, MustBeThere) {
    const auto missing = load("/nonexistent/pinrelay.json", variables(enough()));
    const auto directory = load(std::filesystem::temp_directory_path(), variables(enough()));

    ASSERT_EQ(missing.problems.size(), 1u);
    EXPECT_EQ(missing.problems[0].text(), "/nonexistent/pinrelay.json: the file: cannot be read");
    EXPECT_EQ(directory.problems.size(), 1u);
}

TEST(ConfigFile, RetryCapIsNotShorterThanItsBase) {
    EXPECT_EQ(only_problem(R"({"delivery": {"retry_base": "10s", "retry_cap": "1s"}})").key, "delivery.retry_cap");
}

TEST(ConfigEvents, ReadsEveryFormOfARow) {
    const auto loaded = load_text(R"({"mapping": {"events": {
        "scroll": {"drop": true},
        "generate_lead": {"name": "lead"},
        "quiz_done": {"name": "custom", "custom_name": "QuizDone"},
        "purchase": {"parameters": {"custom_data.content_name": {"from": "/ecommerce/coupon"},
                                    "custom_data.np": {"value": "ss-x"}, "custom_data.num_items": {"value": 1.50}}}}}})");

    ASSERT_TRUE(loaded.problems.empty()) << texts(loaded);
    const auto& events = loaded.config.accounts.at(0).mapping.events;
    ASSERT_EQ(events.size(), 4u);
    const auto row = [&](const std::string& name) {
        return *std::ranges::find_if(events, [&](const auto& event) { return event.ga4_name == name; });
    };
    EXPECT_TRUE(row("scroll").drop);
    EXPECT_EQ(row("generate_lead").pinterest_name, "lead");
    EXPECT_EQ(row("quiz_done").custom_name, "QuizDone");
    const auto parameters = row("purchase").parameters;
    ASSERT_EQ(parameters.size(), 3u);
    EXPECT_EQ(parameters[0].target, "custom_data.content_name");
    EXPECT_EQ(parameters[0].pointer, "/ecommerce/coupon");
    EXPECT_EQ(parameters[1].constant_json, "\"ss-x\"");
    EXPECT_EQ(parameters[2].constant_json, "1.5");
}

TEST(ConfigEvents, NamesTheRowThatCannotWork) {
    const auto key_of = [](const std::string& row) {
        return only_problem(R"({"mapping": {"events": {"lead": )" + row + "}}}").key;
    };

    EXPECT_EQ(key_of("{}"), "mapping.events[\"lead\"]");
    EXPECT_EQ(key_of("1"), "mapping.events[\"lead\"]");
    EXPECT_EQ(key_of(R"({"drop": false})"), "mapping.events[\"lead\"]");
    EXPECT_EQ(key_of(R"({"drop": true, "name": "lead"})"), "mapping.events[\"lead\"]");
    EXPECT_EQ(key_of(R"({"custom_name": "X"})"), "mapping.events[\"lead\"]");
    EXPECT_EQ(key_of(R"({"nmae": "lead"})"), "mapping.events[\"lead\"].nmae");
    EXPECT_EQ(key_of(R"({"parameters": {"custom_data.np": {"from": "np"}}})"),
              "mapping.events[\"lead\"].parameters[\"custom_data.np\"].from");
    EXPECT_EQ(key_of(R"({"parameters": {"custom_data.np": {"from": "/a~2"}}})"),
              "mapping.events[\"lead\"].parameters[\"custom_data.np\"].from");
    EXPECT_EQ(key_of(R"({"parameters": {"custom_data.np": {"value": [1]}}})"),
              "mapping.events[\"lead\"].parameters[\"custom_data.np\"].value");
    EXPECT_EQ(key_of(R"({"parameters": {"custom_data.np": {"from": "/a", "value": 1}}})"),
              "mapping.events[\"lead\"].parameters[\"custom_data.np\"]");
}

TEST(ConfigEvents, AnAccountsRowsAreLaidOverTheCommonOnesNameByName) {
    const auto loaded = load_text(R"({
        "mapping": {"events": {"a": {"name": "lead"}, "b": {"name": "lead"}}},
        "accounts": [{"ad_account_id": "1", "access_token": "t",
                      "mapping": {"events": {"b": {"drop": true}}}}]})",
                                  {});

    ASSERT_TRUE(loaded.problems.empty()) << texts(loaded);
    const auto& events = loaded.config.accounts.at(0).mapping.events;
    ASSERT_EQ(events.size(), 2u);
    EXPECT_EQ(events[0].ga4_name, "a");
    EXPECT_EQ(events[1].ga4_name, "b");
    EXPECT_TRUE(events[1].drop);
}

}  // namespace
}  // namespace pinrelay::config
