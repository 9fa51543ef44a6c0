#include "cli/mapping_tests/touched_rules.hpp"

#include <gtest/gtest.h>

namespace pinrelay::cli {
namespace {

config::EventMapping rule_for(std::string name, std::string key) {
    config::EventMapping rule;
    rule.key = std::move(key);
    rule.ga4_name = std::move(name);
    return rule;
}

config::Config with_rules() {
    config::Config config;
    auto& account = config.accounts.emplace_back();
    account.ad_account_id = "1";
    account.mapping.events.push_back(rule_for("purchase", "mapping.events[\"purchase\"]"));
    account.mapping.events.back().parameters.push_back({"custom_data.np", std::nullopt, "\"shop\""});
    account.mapping.events.push_back(rule_for("quiz", "mapping.events[\"quiz\"]"));
    account.mapping.events.back().drop = true;
    return config;
}

void note(TouchedRules& rules, std::string_view json) {
    model::Arena arena;
    const auto parsed = model::parse_json(json, arena);
    rules.note(std::get<model::Value>(parsed));
}

TEST(TouchedRules, AreNoneAtFirst) {
    EXPECT_EQ(TouchedRules().untouched(with_rules()),
              (std::vector<std::string>{"mapping.events[\"purchase\"]", "mapping.events[\"quiz\"]"}));
}

TEST(TouchedRules, AreThoseOfEventsThatCame) {
    TouchedRules rules;
    note(rules, R"({"event":"quiz","destination":"pinterest:1"})");
    note(rules, R"({"event":"purchase","destination":"pinterest:1"})");

    EXPECT_EQ(rules.untouched(with_rules()),
              (std::vector<std::string>{"mapping.events[\"purchase\"]: custom_data.np"}));
}

TEST(TouchedRules, CountAParameterThatSetAKey) {
    TouchedRules rules;
    note(rules, R"({"event":"quiz","destination":"pinterest:1"})");
    note(rules, R"({"event":"purchase","destination":"pinterest:1",
                    "origins":[{"field":"custom_data.np","from":"a constant of the configuration"}]})");

    EXPECT_EQ(rules.untouched(with_rules()), std::vector<std::string>{});
}

TEST(TouchedRules, AreOfTheirAccountOnly) {
    TouchedRules rules;
    note(rules, R"({"event":"quiz","destination":"pinterest:2"})");

    EXPECT_EQ(rules.untouched(with_rules()).size(), 2U);
}

TEST(TouchedRules, ForEveryEventMeetAny) {
    config::Config config;
    config.accounts.emplace_back().ad_account_id = "1";
    config.accounts.back().mapping.events.push_back(rule_for("*", "all"));
    TouchedRules rules;
    note(rules, R"({"event":"quiz","destination":"pinterest:1"})");

    EXPECT_EQ(rules.untouched(config), std::vector<std::string>{});
}

}  // namespace
}  // namespace pinrelay::cli
