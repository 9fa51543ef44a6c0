#include "rules.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

#include "event_names.hpp"
#include "name_reading.hpp"
#include "parameters.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

[[noreturn]] void refuse(const EventRule& rule, const std::string& reason) {
    throw std::invalid_argument("rule for event \"" + rule.ga4_name + "\": " + reason);
}

void check_names(const EventRule& rule, std::vector<RuleProblem>& problems) {
    if (rule.ga4_name.empty()) problems.push_back({"", "the GA4 name is empty"});
    if (rule.drop && (rule.pinterest_name || rule.custom_name))
        problems.push_back({"", "it both drops the event and names it"});
    if (rule.pinterest_name && !is_sendable_name(*rule.pinterest_name))
        problems.push_back(
            {".name", "\"" + *rule.pinterest_name + "\" is no event name (1 to 100 letters, digits, '_' and '-')"});
    if (!rule.custom_name) return;
    if (rule.custom_name->empty()) problems.push_back({".custom_name", "is empty"});
    if (rule.pinterest_name && *rule.pinterest_name != custom_event)
        problems.push_back({".custom_name", "goes with \"name\": \"custom\" only"});
}

}  // namespace

std::string part_of(const ParameterRule& parameter) { return ".parameters[\"" + parameter.target + "\"]"; }

std::vector<RuleProblem> problems_of(const EventRule& rule) {
    std::vector<RuleProblem> problems;
    check_names(rule, problems);
    for (const auto& parameter : rule.parameters)
        if (auto problem = problem_of(parameter)) problems.push_back({part_of(parameter), std::move(*problem)});
    return problems;
}

Rules::Rules(std::vector<EventRule> rules) : rules_(std::move(rules)) {
    for (auto rule = rules_.begin(); rule != rules_.end(); ++rule) {
        const auto problems = problems_of(*rule);
        if (!problems.empty()) {
            const auto& [part, reason] = problems.front();
            refuse(*rule, part.empty() ? reason : part.substr(1) + ": " + reason);
        }
        const auto same = [&](const EventRule& other) { return other.ga4_name == rule->ga4_name; };
        if (std::any_of(rules_.begin(), rule, same)) refuse(*rule, "there are two of them");
    }
}

const EventRule* Rules::find(std::string_view ga4_name) const noexcept {
    const auto rule = std::ranges::find_if(rules_, [&](const EventRule& r) { return r.ga4_name == ga4_name; });
    return rule == rules_.end() ? nullptr : &*rule;
}

const EventRule* Rules::own_rule(std::string_view name) const noexcept {
    if (rules_.empty()) return nullptr;
    const EventRule* exact = find(name);
    return exact != nullptr ? exact : find(read_name(name).ga4);
}

const EventRule* Rules::deciding(std::string_view name) const noexcept {
    const EventRule* own = own_rule(name);
    return own != nullptr ? own : find(every_event);
}

std::vector<const ParameterRule*> Rules::parameters(std::string_view name) const {
    std::vector<const ParameterRule*> list;
    if (rules_.empty()) return list;
    for (const EventRule* rule : {find(every_event), own_rule(name)}) {
        if (rule == nullptr) continue;
        for (const auto& parameter : rule->parameters) list.push_back(&parameter);
    }
    return list;
}

}  // namespace pinrelay::destinations::pinterest
