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

TEST(ConfigFile, SaysWhereAKeyBelongsThatIsWrittenInAnotherPlace) {
    const auto reason = [](const char* text) {
        const auto loaded = load_text(text, enough());
        return loaded.problems.size() == 1 ? loaded.problems[0].reason : texts(loaded);
    };

    EXPECT_EQ(reason(R"({"trusted_proxies": ["10.0.0.1"]})"),
              "is not known here: write it as \"trusted_proxies\" inside \"collect\": { … }");
    EXPECT_EQ(reason(R"({"collect.debug": false})"),
              "is not known here: write it as \"debug\" inside \"collect\": { … }");
    EXPECT_EQ(reason(R"({"hosts": ["a.example"]})"), "is not known here: write it inside an entry of \"accounts\"");
    EXPECT_EQ(reason(R"({"profile": "extended"})"), "is not known here: write it inside \"mapping\": { … }");
    EXPECT_EQ(reason(R"({"collect": {"listen": "0.0.0.0:80"}})"), "is not known here: write it at the top of the file");
    EXPECT_EQ(reason(R"({"Listen": "0.0.0.0:80"})"), "is not known; is \"listen\" meant?");
}

TEST(ConfigFile, SaysNothingOfAMissingTokenThatIsWrittenInAnotherPlace) {
    const auto loaded = load_text(R"({"access_token": "t", "accounts": [{"ad_account_id": "1"}]})", {});

    ASSERT_EQ(loaded.problems.size(), 1u) << texts(loaded);
    EXPECT_EQ(loaded.problems[0].key, "access_token");
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

TEST(ConfigFile, SaysWhichOfAllAccountsWritesAKeyTwice) {
    const auto loaded = load_text(R"({"collect": {"prefixes": ["/a", "/b"]},
        "accounts": [{"ad_account_id": "1", "access_token": "t", "hosts": ["a.example"]},
                     {"ad_account_id": "2", "access_token": "t", "hosts": ["b.example"], "hosts": ["c.example"]}]})",
                                  {});

    ASSERT_EQ(loaded.problems.size(), 1u) << texts(loaded);
    EXPECT_EQ(loaded.problems[0].key, "accounts[1].hosts");
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
    EXPECT_EQ(missing.problems[0].text(), "/nonexistent/pinrelay.json: the file: there is no such file");
    ASSERT_EQ(directory.problems.size(), 1u);
    EXPECT_EQ(directory.problems[0].reason, "is a directory, and not a file");
}

TEST(ConfigFile, RetryCapIsNotShorterThanItsBase) {
    EXPECT_EQ(only_problem(R"({"delivery": {"retry_base": "10s", "retry_cap": "1s"}})").key, "delivery.retry_cap");
}

TEST(ConfigFile, DeadLettersLeaveMostOfTheStoreToEvents) {
    EXPECT_EQ(only_problem(R"({"spool": {"max_bytes": "2GiB"}, "dead_letters": {"max_bytes": "513MiB"}})").key,
              "dead_letters.max_bytes");
}

TEST(ConfigFile, DeadLettersMayTakeATenthOfTheStoreUnlessItSaysMore) {
    Config config;
    config.spool_max_bytes = 5000;
    EXPECT_EQ(dead_letter_quota(config), 500u);

    config.dead_letters_max_bytes = 700;
    EXPECT_EQ(dead_letter_quota(config), 700u);
}

// Every rule looks at what it can, whatever another one has found.
TEST(ConfigFile, ReportsFormMeaningAndAccountsTogether) {
    const auto loaded = load_text(R"({"workers": "many", "delivery": {"retry_base": "10s", "retry_cap": "1s"},
        "mapping": {"profile": "extendd", "events": {"a": {}, "b": {"nmae": "lead"}, "c": {"drop": false}}},
        "accounts": [{"ad_account_id": "act_1", "access_token_file": "/nonexistent/token"},
                     {"ad_account_id": "2", "access_token": "'pina_x'", "keys_file": "/nonexistent/keys"}]})",
                                  {});

    for (const char* key :
         {"workers", "delivery.retry_cap", "mapping.profile", "mapping.events[\"a\"]", "mapping.events[\"b\"].nmae",
          "mapping.events[\"c\"]", "accounts[0].ad_account_id", "accounts[0].access_token_file",
          "accounts[1].access_token", "accounts[1].keys_file", "accounts[1]"})
        EXPECT_TRUE(std::ranges::any_of(loaded.problems, [&](const auto& problem) { return problem.key == key; }))
            << key << "\n"
            << texts(loaded);
}

// What follows from a problem alone is not said as another one.
TEST(ConfigFile, SaysNothingOfWhatFollowsFromAProblem) {
    const auto only_key = [](const char* text, Variables set) { return only_problem(text, std::move(set)).key; };
    const Variables none;

    EXPECT_EQ(only_key("{\"accounts\": [],}", none), "line 1, column 16");
    EXPECT_EQ(only_key("listen: 0.0.0.0:8080\n", none), "line 1, column 1");
    EXPECT_EQ(only_key(R"({"accounts": {}})", none), "accounts");
    EXPECT_EQ(only_key(R"({"acounts": [{"ad_account_id": "1", "access_token": "t"}]})", none), "acounts");
    EXPECT_EQ(only_key(R"({"accounts": [7]})", none), "accounts[0]");
    EXPECT_EQ(only_key(R"({"accounts": [{"ad_account_id": "1", "acces_token": "t"}]})", none),
              "accounts[0].acces_token");
    EXPECT_EQ(only_key(R"({"accounts": [{"ad_acount_id": "1", "access_token": "t"}]})", none),
              "accounts[0].ad_acount_id");
    EXPECT_EQ(only_key(R"({"delivery": {"retry_base": "2m", "retry_cap": "5"}})", enough()), "delivery.retry_cap");
    EXPECT_EQ(only_key(R"({"delivery": {"retry_base": "2m", "retry_cpa": "5m"}})", enough()), "delivery.retry_cpa");
    EXPECT_EQ(only_key(R"({"collect": {"prefixes": "/shop"}, "accounts": [
                           {"ad_account_id": "1", "access_token": "t", "paths": ["/shop"]}]})",
                       none),
              "collect.prefixes");
    EXPECT_EQ(only_key(R"({"accounts": [{"ad_account_id": "1", "access_token": "t", "host": ["a.example"]},
                                        {"ad_account_id": "2", "access_token": "t"}]})",
                       none),
              "accounts[0].host");
    EXPECT_EQ(only_key(R"({"accounts": [{"ad_account_id": "1", "access_token": "t"},
                                        {"ad_account_id": "1", "access_token": "t"}]})",
                       none),
              "accounts[1].ad_account_id");
}

TEST(ConfigFile, AnUnreadFileDoubtsWhatNoVariableSays) {
    const auto loaded = load_text("{", {{"PINRELAY_AD_ACCOUNT_ID", "1"},
                                        {"PINRELAY_LISTEN", "8080"},
                                        {"PINRELAY_TOKEN_SHOP", "read by the file's access_token_env"}});

    ASSERT_EQ(loaded.problems.size(), 2u) << texts(loaded);
    EXPECT_EQ(loaded.problems[1].key, "PINRELAY_LISTEN");
    EXPECT_TRUE(loaded.origins.is_known("accounts[0].ad_account_id"));
    EXPECT_FALSE(loaded.origins.is_known("admin"));
    EXPECT_FALSE(loaded.origins.is_known("listen"));
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
