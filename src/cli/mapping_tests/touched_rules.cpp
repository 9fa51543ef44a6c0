#include "touched_rules.hpp"

#include <algorithm>

namespace pinrelay::cli {
namespace {

std::string text_at(const model::Value& object, std::string_view key) {
    const model::Value* value = object.find(key);
    return value == nullptr ? std::string() : std::string(value->text().value_or(""));
}

// How explanations name what a rule's parameter set.
bool is_by_configuration(std::string_view source) {
    return source.starts_with("the configuration's pointer") || source == "a constant of the configuration";
}

bool is_met(const config::EventMapping& rule, std::string_view name) {
    return rule.ga4_name == "*" || rule.ga4_name == name;
}

}  // namespace

void TouchedRules::note(const model::Value& event) {
    const Pair met{text_at(event, "destination"), text_at(event, "event")};
    events_.insert(met);
    const model::Value* origins = event.find("origins");
    if (origins == nullptr) return;
    for (const model::Value& origin : origins->items())
        if (is_by_configuration(text_at(origin, "from"))) parameters_.emplace(met, text_at(origin, "field"));
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
