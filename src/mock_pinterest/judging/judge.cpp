#include "judge.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "event_rules.hpp"
#include "mock_pinterest/text.hpp"
#include "python_repr.hpp"
#include "schema.hpp"

namespace pinrelay::mock {
namespace {

using nlohmann::json;

constexpr std::string_view path_start = "/v5/ad_accounts/";
constexpr std::string_view path_end = "/events";

constexpr int bad_request = 400;
constexpr int status_unauthorized = 401;
constexpr int forbidden = 403;
constexpr int status_not_found = 404;
constexpr int wrong_method = 405;
constexpr int wrong_media_type = 415;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

Refusal invalid(const std::string& message, std::string where = "") {
    return {bad_request, "Invalid request: " + message, std::move(where)};
}

void read_query(std::string_view query, Target& target) {
    while (!query.empty()) {
        const std::size_t end = std::min(query.find('&'), query.size());
        const std::string_view pair = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        if (pair == "test=true") {
            target.test = true;
        } else if (pair.substr(0, pair.find('=')) != "test") {
            target.query_problem = "Additional properties are not allowed (" +
                                   python_quoted(pair.substr(0, pair.find('='))) + " was unexpected)";
        } else if (pair != "test=false") {
            target.query_problem =
                python_quoted(pair.substr(std::min(pair.size(), pair.find('=') + 1))) + " is not of type 'boolean'";
        }
    }
}

std::optional<Refusal> check_account_number(const std::string& account) {
    constexpr std::size_t longest = 18;
    if (account.size() > longest) return invalid(python_quoted(account) + " is too long");
    if (account.empty() || !std::ranges::all_of(account, is_digit))
        return invalid(python_quoted(account) + " does not match '^\\\\d+$'");
    return {};
}

// 401 for a token that nobody has, 403 for one that has no say over this account.
std::optional<Refusal> check_permission(std::string_view token, const std::string& account, const Options& options) {
    if (token.empty()) return Refusal{status_unauthorized, "", ""};
    const auto owns = [&](const Account& row) { return row.token && *row.token == token; };
    const bool for_all = std::ranges::find(options.tokens, token) != options.tokens.end();
    const bool for_one = std::ranges::any_of(options.accounts, owns);
    const bool any_token = options.tokens.empty() && std::ranges::none_of(options.accounts, [](const Account& row) {
                               return row.token.has_value();
                           });
    if (!for_all && !for_one && !any_token) return Refusal{status_unauthorized, "", ""};
    if (options.accounts.empty()) return {};
    const auto found = std::ranges::find_if(options.accounts, [&](const Account& row) { return row.id == account; });
    if (found == options.accounts.end()) return Refusal{forbidden, "", ""};
    if (found->token ? !owns(*found) : !(for_all || any_token)) return Refusal{forbidden, "", ""};
    return {};
}

bool is_json(std::string_view content_type) {
    constexpr std::string_view expected = "application/json";
    const std::string_view type = content_type.substr(0, content_type.find(';'));
    const std::size_t end = type.find_last_not_of(" \t");
    return end != std::string_view::npos && type.substr(0, end + 1) == expected;
}

std::optional<Refusal> check_head(const RequestHead& head, const Target& target, const Options& options) {
    if (!target.is_endpoint) return Refusal{status_not_found, "Not found", ""};
    if (head.method != "POST") return Refusal{wrong_method, "", ""};
    if (auto refusal = check_account_number(target.account)) return refusal;
    if (auto refusal = check_permission(bearer_token(head.authorization), target.account, options)) return refusal;
    if (!is_json(head.content_type)) return Refusal{wrong_media_type, "", ""};
    if (!target.query_problem.empty()) return invalid(target.query_problem);
    return {};
}

json parse(std::string_view body, const JsonOutline& outlined) {
    constexpr std::size_t deepest = 32;
    if (outlined.depth > deepest) return json(json::value_t::discarded);
    return json::parse(body, nullptr, false);
}

// The schema has been checked: the text is there.
std::string member_text(const json& event, const char* key) {
    const auto found = event.find(key);
    return found == event.end() ? "" : found->get_ref<const std::string&>();
}

JudgedEvent judge_one(const json& event, std::string_view source, std::chrono::system_clock::time_point now,
                      const Policy& policy) {
    return {member_text(event, "event_name"), member_text(event, "event_id"), member_text(event, "action_source"),
            std::string(source), judge_event(event, now, policy)};
}

}  // namespace

Target read_target(std::string_view text) {
    Target target;
    const std::size_t mark = std::min(text.find('?'), text.size());
    std::string_view path = text.substr(0, mark);
    if (path.substr(0, path_start.size()) != path_start) return target;
    path.remove_prefix(path_start.size());
    const std::size_t slash = path.find('/');
    if (slash == std::string_view::npos || path.substr(slash) != path_end) return target;
    target.is_endpoint = true;
    target.account = path.substr(0, slash);
    if (mark < text.size()) read_query(text.substr(mark + 1), target);
    return target;
}

std::string_view bearer_token(std::string_view authorization) {
    constexpr std::string_view scheme = "Bearer ";
    return authorization.substr(0, scheme.size()) == scheme ? authorization.substr(scheme.size()) : std::string_view{};
}

Judgement judge(const RequestHead& head, const Target& target, std::string_view body,
                std::chrono::system_clock::time_point now, const Options& options) {
    if (auto refusal = check_head(head, target, options)) return {std::move(refusal), {}};
    const JsonOutline outlined = outline(body);
    const json document = parse(body, outlined);
    if (document.is_discarded()) return {invalid("the body is not valid JSON"), {}};
    if (auto breach = find_breach(document, {options.policy.closed_user_data}))
        return {Refusal{bad_request, breach->message, breach->where}, {}};
    Judgement judgement;
    const json& data = *document.find("data");
    // Of a key that came twice the last counts, so that the events are the last objects of the text.
    const std::size_t passed_over = outlined.objects.size() - data.size();
    judgement.events.reserve(data.size());
    for (std::size_t i = 0; i < data.size(); ++i) {
        JudgedEvent judged = judge_one(data[i], outlined.objects[passed_over + i], now, options.policy);
        if (target.test && i >= options.policy.test_events) {
            judged.verdict = {false,
                              "Only the first " + std::to_string(options.policy.test_events) +
                                  " events of a test request are processed",
                              ""};
        }
        judgement.events.push_back(std::move(judged));
    }
    return judgement;
}

}  // namespace pinrelay::mock
