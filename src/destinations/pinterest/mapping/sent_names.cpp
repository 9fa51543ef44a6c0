#include "pinrelay/destinations/pinterest/sent_names.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "event_names.hpp"
#include "event_naming.hpp"
#include "name_reading.hpp"
#include "rules.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

void add_once(std::vector<SentName>& names, SentName name) {
    if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
}

bool is_of_own_rule(const Settings& settings, std::string_view name) {
    return std::ranges::any_of(settings.rules, [name](const EventRule& rule) { return rule.ga4_name == name; });
}

// Of a name that neither the tables nor a rule have.
std::string unknown_name_text(std::string_view name) {
    std::string text = "is no event name that this account sends";
    if (const auto near = nearest_event_name(name)) text.append("; is \"").append(*near).append("\" meant?");
    return text;
}

}  // namespace

SentNames sent_names(const Settings& settings, std::string_view name) {
    SentNames sent;
    if (const auto own = pinterest_spelling(name); !own.empty()) add_once(sent.names, {std::string(own), {}});
    const bool known = read_name(name).is_known() || is_of_own_rule(settings, name);
    // An unknown name that is near to a known one is a slip, also where the account sends whatever comes.
    if (!known && (settings.unknown_events == UnknownEvents::Drop || nearest_event_name(name))) {
        sent.problem = unknown_name_text(name);
        return sent;
    }
    const Rules rules(settings.rules);
    model::Event event;
    event.name = name;
    for (const bool from_app : {false, true}) {
        if (from_app) event.app_instance_id = "app";
        auto named = name_event(event, settings, rules);
        if (auto* found = std::get_if<Named>(&named))
            add_once(sent.names, {std::string(found->event_name), std::string(found->custom_name.value_or(""))});
    }
    if (sent.names.empty())
        sent.problem = "is not sent by this account's mapping, so that nothing can be required of it";
    return sent;
}

}  // namespace pinrelay::destinations::pinterest
