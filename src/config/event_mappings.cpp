#include "event_mappings.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>

#include "config/values/read_value.hpp"
#include "config/values/suggestion.hpp"

namespace pinrelay::config {
using nlohmann::json;

namespace {

constexpr std::array<std::string_view, 4> event_keys = {"drop", "name", "custom_name", "parameters"};
constexpr Rule any_text{{}, problem_if_empty};
constexpr Rule any_pointer{{}, problem_of_pointer};

std::optional<Parameter> read_parameter(const std::string& target, const json& value, const std::string& shown,
                                        const Report& report) {
    Parameter parameter;
    parameter.target = target;
    const bool one_member = value.is_object() && value.size() == 1;
    if (one_member && value.contains("from")) {
        read_into(*value.find("from"), parameter.pointer, any_pointer, shown + ".from", report);
        if (parameter.pointer) return parameter;
        if (value.find("from")->is_null()) report.add(shown + ".from", "must be text");
        return std::nullopt;
    }
    if (one_member && value.contains("value")) {
        const json& constant = *value.find("value");
        if (constant.is_primitive() && !constant.is_null()) {
            parameter.constant_json = constant.dump(-1, ' ', false, json::error_handler_t::replace);
            return parameter;
        }
        report.add(shown + ".value", "must be text, a number, true or false");
        return std::nullopt;
    }
    report.add(shown, "must be {\"from\": \"/a/pointer\"} or {\"value\": …}");
    return std::nullopt;
}

void read_parameters(const json& value, const std::string& shown, EventMapping& event, const Report& report) {
    if (!value.is_object()) return report.add(shown, "must be an object: { \"custom_data.content_name\": … }");
    for (const auto& [target, member] : value.items()) {
        const std::string shown_member = shown + "[\"" + target + "\"]";
        if (auto parameter = read_parameter(target, member, shown_member, report))
            event.parameters.push_back(std::move(*parameter));
    }
}

void read_event_key(const std::string& key, const json& value, const std::string& shown, EventMapping& event,
                    const Report& report) {
    if (key == "drop") return read_into(value, event.drop, {}, shown, report);
    if (key == "name") return read_into(value, event.pinterest_name, any_text, shown, report);
    if (key == "custom_name") return read_into(value, event.custom_name, any_text, shown, report);
    if (key == "parameters") return read_parameters(value, shown, event, report);
    report.add(shown, unknown_name(key, event_keys));
}

// Why the keys of one row do not go together.
std::optional<std::string> problem_of_event(const EventMapping& event, const json& value) {
    if (value.empty()) return "says nothing: give \"drop\", \"name\" or \"parameters\"";
    if (value.contains("drop") && !event.drop) return "\"drop\" can only be true; leave the row out otherwise";
    if (event.drop && value.size() > 1) return "a dropped event can have no other key";
    if (event.custom_name && event.pinterest_name != "custom") return "\"custom_name\" needs \"name\": \"custom\"";
    return std::nullopt;
}

}  // namespace

void read_events(const json& value, const std::string& shown, std::vector<EventMapping>& events, const Report& report) {
    if (!value.is_object()) return report.add(shown, "must be an object: { \"generate_lead\": { … } }");
    for (const auto& [name, row] : value.items()) {
        const std::string shown_row = shown + "[\"" + name + "\"]";
        if (name.empty() || !row.is_object()) {
            report.add(shown_row, name.empty() ? "must have a name" : "must be an object: { \"name\": … }");
            continue;
        }
        EventMapping event;
        event.key = shown_row;
        event.ga4_name = name;
        for (const auto& [key, member] : row.items()) read_event_key(key, member, shown_row + "." + key, event, report);
        if (auto problem = problem_of_event(event, row)) report.add(shown_row, std::move(*problem));
        std::erase_if(events, [&](const EventMapping& former) { return former.ga4_name == event.ga4_name; });
        events.push_back(std::move(event));
    }
}

}  // namespace pinrelay::config
