#include "mock_pinterest/faults/script.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <ostream>
#include <stdexcept>

namespace pinrelay::mock {
namespace {

using namespace std::chrono_literals;

std::string problem_of(const std::string& script) {
    try {
        parse_script(script);
    } catch (const std::invalid_argument& problem) {
        return problem.what();
    }
    return "";
}

TEST(ScriptParser, ReadsEveryKeyOfAStatusRule) {
    const Script script = parse_script(R"({"rules": [{
        "fault": "status", "status": 429, "retry_after": 2, "rate_limit_reset": 30, "headers": {"X-One": "1"},
        "code": 2787, "body": {"code": 8}, "echo_token": true, "accept": true, "delay": "2s", "drip": {"bytes": 3, "every": "5ms"},
        "times": 4, "when": {"account": "12", "requests": [2, 5], "connections": 3, "body_contains": "poison"}}]})");

    Rule expected;
    expected.fault = Fault::Status;
    expected.status = 429;
    expected.retry_after = "2";
    expected.rate_limit_reset = 30;
    expected.headers = {{"X-One", "1"}};
    expected.code = 2787;
    expected.body = R"({"code":8})";
    expected.echo_token = true;
    expected.accept = true;
    expected.delay = 2s;
    expected.drip = Drip{3, 5ms};
    expected.times = 4;
    expected.account = "12";
    expected.requests = {2, 5};
    expected.connections = {3, 3};
    expected.body_contains = "poison";
    EXPECT_EQ(script, Script{expected});
}

TEST(ScriptParser, ReadsAFailEventsRule) {
    const Script script = parse_script(R"({"rules": [{"fault": "fail_events", "indexes": [0, 7],
        "event_id_contains": "bad", "message": "no", "status": 422, "times": "forever"}]})");

    Rule expected;
    expected.fault = Fault::FailEvents;
    expected.indexes = {0, 7};
    expected.event_id_contains = "bad";
    expected.message = "no";
    expected.status = 422;
    expected.times = std::nullopt;
    EXPECT_EQ(script, Script{expected});
}

TEST(ScriptParser, LeavesARangeOpenWithoutALastNumber) {
    const Script script = parse_script(R"({"rules": [{"fault": "hang", "when": {"requests": [3]}}]})");

    EXPECT_FALSE(script.front().requests.contains(2));
    EXPECT_TRUE(script.front().requests.contains(1'000'000));
}

TEST(ScriptParser, KnowsEveryFaultByItsName) {
    for (const char* name :
         {"none", "status", "fail_events", "hang", "reset_before", "reset_after", "half_close", "malformed_body",
          "truncated_body", "count_mismatch", "close_after_answer", "raw", "close_handshake"}) {
        const Script script = parse_script(std::string(R"({"rules": [{"fault": ")") + name + "\"}]}");

        EXPECT_EQ(name_of(script.front().fault), name);
    }
}

// The rules in docs/mock.md: everything between backticks that starts like one.
std::vector<std::string> documented_rules() {
    std::ifstream in(std::string(PINRELAY_SOURCE_DIR) + "/docs/mock.md");
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    std::vector<std::string> rules;
    const std::string start = "`{\"fault\"";
    for (std::size_t at = text.find(start); at != std::string::npos; at = text.find(start, at + 1)) {
        rules.push_back(text.substr(at + 1, text.find('`', at + 1) - at - 1));
    }
    return rules;
}

TEST(ScriptParser, ReadsEveryExampleOfTheDocumentation) {
    const auto rules = documented_rules();

    EXPECT_GE(rules.size(), 15U);
    for (const std::string& rule : rules) EXPECT_EQ(problem_of("{\"rules\": [" + rule + "]}"), "") << rule;
}

struct BadScript {
    const char* script;
    const char* problem;
};
void PrintTo(const BadScript& row, std::ostream* out) { *out << row.script; }

class ScriptProblem : public testing::TestWithParam<BadScript> {};

TEST_P(ScriptProblem, NamesTheKey) { EXPECT_EQ(problem_of(GetParam().script), GetParam().problem); }

INSTANTIATE_TEST_SUITE_P(
    Mock, ScriptProblem,
    testing::Values(
        BadScript{"{", "the script is no JSON"}, BadScript{"[]", "the script must be an object"},
        BadScript{R"({"rule": []})", "rule: unknown key"}, BadScript{"{}", "rules: must be a list of rules"},
        BadScript{R"({"rules": [1]})", "rules[0]: must be an object"},
        BadScript{R"({"rules": [{}]})", "rules[0].fault: is missing"},
        BadScript{R"({"rules": [{"fault": "explode"}]})", "rules[0].fault: is not the name of a fault"},
        BadScript{R"({"rules": [{"fault": 1}]})", "rules[0].fault: is not the name of a fault"},
        BadScript{R"({"rules": [{"fault": "none"}, {"fault": "hang", "stauts": 1}]})", "rules[1].stauts: unknown key"},
        BadScript{R"({"rules": [{"fault": "hang", "status": 500}]})",
                  "rules[0].status: has no meaning with the fault \"hang\""},
        BadScript{R"({"rules": [{"fault": "status", "status": 99}]})",
                  "rules[0].status: must be a whole number from 200 to 599"},
        BadScript{R"({"rules": [{"fault": "status", "status": "500"}]})",
                  "rules[0].status: must be a whole number from 200 to 599"},
        BadScript{R"({"rules": [{"fault": "fail_events", "status": 500}]})", "rules[0].status: must be 200 or 422"},
        BadScript{R"({"rules": [{"fault": "fail_events", "indexes": 1}]})",
                  "rules[0].indexes: must be a list of numbers from 0"},
        BadScript{R"({"rules": [{"fault": "status", "headers": {"a": 1}}]})", "rules[0].headers: must be a text"},
        BadScript{R"({"rules": [{"fault": "none", "delay": "2 s"}]})",
                  "rules[0].delay: must be a duration such as \"250ms\", \"2s\" or \"1m\""},
        BadScript{R"({"rules": [{"fault": "none", "drip": 1}]})", "rules[0].drip: must be an object"},
        BadScript{R"({"rules": [{"fault": "none", "times": "always"}]})",
                  "rules[0].times: must be a whole number from 1 or \"forever\""},
        BadScript{R"({"rules": [{"fault": "count_mismatch", "difference": 0}]})",
                  "rules[0].difference: must be a whole number from -1000 to 1000, not 0"},
        BadScript{R"({"rules": [{"fault": "none", "when": {"requests": []}}]})",
                  "rules[0].when.requests: must be a number, [first] or [first, last]"},
        BadScript{R"({"rules": [{"fault": "none", "when": {"path": "/"}}]})", "rules[0].when.path: unknown key"},
        BadScript{R"({"rules": [{"fault": "none", "when": 1}]})", "rules[0].when: must be an object"},
        BadScript{R"({"rules": [{"fault": "close_handshake", "when": {"account": "1"}}]})",
                  "rules[0].when.account: has no meaning with the fault \"close_handshake\""}));

TEST(ScriptParser, RefusesDeepNestingWithoutFailing) {
    const std::string deep =
        R"({"rules": [{"fault": "status", "body": )" + std::string(100'000, '[') + std::string(100'000, ']') + "}]}";

    EXPECT_EQ(problem_of(deep), "the script is no JSON");
}

Rule rule_of(Fault fault, std::optional<std::uint64_t> times = 1) {
    Rule rule;
    rule.fault = fault;
    rule.times = times;
    return rule;
}

Fault fault_for(ScriptPlayer& player, ScriptPlayer::Request request) {
    const auto choice = player.choose(request);
    return choice.rule ? choice.rule->fault : Fault::None;
}

TEST(ScriptPlayer, PlaysRulesInOrderAndEachAsOftenAsItSays) {
    ScriptPlayer player({rule_of(Fault::Status, 2), rule_of(Fault::Hang)});

    std::vector<Fault> played;
    for (std::uint64_t number = 1; number <= 4; ++number) played.push_back(fault_for(player, {"1", number, 1, "{}"}));

    EXPECT_EQ(played, (std::vector{Fault::Status, Fault::Status, Fault::Hang, Fault::None}));
}

TEST(ScriptPlayer, PassesOverRulesForOtherAccountsRequestsAndConnections) {
    Rule other_account = rule_of(Fault::Status);
    other_account.account = "2";
    Rule later_request = rule_of(Fault::Hang);
    later_request.requests = {5, 5};
    Rule other_connection = rule_of(Fault::Raw);
    other_connection.connections = {2, 3};
    ScriptPlayer player({other_account, later_request, other_connection});

    EXPECT_EQ(fault_for(player, {"1", 1, 1, "{}"}), Fault::None);
    EXPECT_EQ(fault_for(player, {"1", 1, 3, "{}"}), Fault::Raw);
    EXPECT_EQ(fault_for(player, {"1", 5, 1, "{}"}), Fault::Hang);
    EXPECT_EQ(fault_for(player, {"2", 1, 1, "{}"}), Fault::Status);
}

TEST(ScriptPlayer, AsksForTheBodyWhereARuleNeedsIt) {
    Rule poisoned = rule_of(Fault::Status);
    poisoned.body_contains = "poison";
    ScriptPlayer player({poisoned, rule_of(Fault::Hang)});

    const auto unread = player.choose({"1", 1, 1, std::nullopt});
    const auto harmless = player.choose({"1", 1, 1, "water"});
    const auto poisonous = player.choose({"1", 2, 1, "a poison"});

    EXPECT_TRUE(unread.needs_body);
    EXPECT_FALSE(unread.rule);
    ASSERT_TRUE(harmless.rule);
    EXPECT_EQ(harmless.rule->fault, Fault::Hang);
    ASSERT_TRUE(poisonous.rule);
    EXPECT_EQ(poisonous.rule->fault, Fault::Status);
}

TEST(ScriptPlayer, KeepsHandshakeRulesApartFromRequests) {
    ScriptPlayer player({rule_of(Fault::CloseHandshake)});

    EXPECT_EQ(fault_for(player, {"1", 1, 1, "{}"}), Fault::None);
    EXPECT_TRUE(player.closes_handshake(1));
    EXPECT_FALSE(player.closes_handshake(2));
}

}  // namespace
}  // namespace pinrelay::mock
