#include "touched_rules.hpp"

#include <algorithm>

#include "cli/json_views.hpp"

namespace pinrelay::cli {
namespace {

// How explanations name what a rule's parameter set.
bool is_by_configuration(std::string_view source) {
    return source.starts_with("the configuration's pointer") || source == "a constant of the configuration";
}

bool is_met(const config::EventMapping& rule, std::string_view name) {
    return rule.ga4_name == "*" || rule.ga4_name == name;
}

}  // namespace

void TouchedRules::note(const model::Value& event) {
    const Pair met{std::string(view_at(event, "destination")), std::string(view_at(event, "event"))};
    events_.insert(met);
    const model::Value* origins = event.find("origins");
    if (origins == nullptr) return;
    for (const model::Value& origin : origins->items())
        if (is_by_configuration(view_at(origin, "from"))) parameters_.emplace(met, view_at(origin, "field"));
}

std::vector<std::string> TouchedRules::untouched(const config::Config& config) const {
    std::vector<std::string> keys;
    const auto add = [&keys](const std::string& key) {
        if (std::ranges::find(keys, key) == keys.end()) keys.push_back(key);
    };
    for (const auto& account : config.accounts) {
        const std::string name = "pinterest:" + account.ad_account_id;
        for (const auto& rule : account.mapping.events) {
            const auto meets = [&](const Pair& met) { return met.first == name && is_met(rule, met.second); };
            if (std::ranges::none_of(events_, meets)) {
                add(rule.key);
                continue;
            }
            for (const auto& parameter : rule.parameters) {
                const auto sets = [&](const auto& one) { return meets(one.first) && one.second == parameter.target; };
                if (std::ranges::none_of(parameters_, sets)) add(rule.key + ": " + parameter.target);
            }
        }
    }
    return keys;
}

}  // namespace pinrelay::cli
