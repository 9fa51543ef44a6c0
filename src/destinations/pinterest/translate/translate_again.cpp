#include "translate_again.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "destinations/pinterest/fields/action_source.hpp"
#include "destinations/pinterest/fields/user_data.hpp"
#include "destinations/pinterest/labels.hpp"
#include "destinations/pinterest/limits.hpp"
#include "destinations/pinterest/mapping/event_names.hpp"
#include "destinations/pinterest/mapping/event_naming.hpp"
#include "destinations/pinterest/mapping/parameters.hpp"
#include "destinations/pinterest/scene/data_processing.hpp"
#include "destinations/pinterest/scene/walk.hpp"
#include "destinations/pinterest/schema.hpp"
#include "fit.hpp"
#include "gate.hpp"
#include "leave_out.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

using destination::Drop;
using model::Value;
using Parameters = std::vector<const ParameterRule*>;

constexpr std::string_view content_name_path = "custom_data.content_name";

std::optional<std::string_view> text_at(const Value& object, std::string_view path) {
    const Value* value = find_at(object, path);
    return value == nullptr ? std::nullopt : value->text();
}

std::optional<Drop> refused_for_age(const model::Record& stored, Time now, const Settings& settings) {
    const auto age = now - stored.event_time;
    if (age > refused_after) return Drop{drops::too_old, "event_time", "the event is older than seven days by now"};
    if (settings.late_policy == LatePolicy::Drop && stored.deduplicated && age > late_after)
        return Drop{drops::late, "event_time", "the event is older than one hour and would count as offline"};
    return std::nullopt;
}

const ParameterRule* last_for(const Parameters& parameters, std::string_view target) {
    const auto rule = std::find_if(parameters.rbegin(), parameters.rend(),
                                   [&](const ParameterRule* each) { return each->target == target; });
    return rule == parameters.rend() ? nullptr : *rule;
}

// The constants that have the last word over their targets: a pointer leads into the event as it arrived, which is
// gone, and its value is in the record since then. The id is the event's identity.
Parameters constants_of(const Parameters& parameters) {
    Parameters constants;
    for (const ParameterRule* rule : parameters) {
        const bool last = last_for(parameters, rule->target) == rule;
        if (last && rule->constant && rule->target != "event_id") constants.push_back(rule);
    }
    return constants;
}

// Stands for all items of the stored event while constants of items are made into what is sent.
model::Item item_of_replay() {
    model::Item item;
    item.id = "of that time";
    return item;
}

// With one key of every object of the stored contents as it is in the made ones.
Value with_in_contents(const Value& object, const ParameterRule& rule, Scene& scene, Notes& notes) {
    constexpr std::string_view path = "custom_data.contents";
    const auto one = made(*find_field(path), scene, notes);
    const Value* stored = find_at(object, path);
    if (!one || stored == nullptr || !stored->is_array()) return object;
    const std::string_view key = std::string_view(rule.target).substr(rule.target.rfind('.') + 1);
    const Value* value = one->items().front().find(key);
    if (value == nullptr || key == "id") return object;
    model::GrowingList<Value> contents(scene.arena);
    contents.reserve(stored->items().size());
    for (const Value& content : stored->items())
        contents.push_back(content.is_object() ? with_member(content, key, *value, scene.arena) : content);
    return with_at(object, path, Value(contents.span()), scene.arena);
}

// With the constant in its place, as the relay would have made it; as it is where the relay makes nothing of it.
Value with_constant(const Value& object, const ParameterRule& rule, Scene& scene, Notes& of_made, Notes& notes) {
    if (is_of_items(rule)) return with_in_contents(object, rule, scene, of_made);
    const Field& field = *find_field(rule.target);
    const auto value =
        acts_before(rule) ? made(field, scene, of_made) : value_after({&rule}, field, Value(), scene.arena, notes);
    return value ? with_at(object, rule.target, *value, scene.arena) : object;
}

// A value that the relay itself makes out of the event is made by its own row of the table, out of an event that holds
// nothing but the constants: so it is normalised, hashed and checked as it would have been.
Value with_constants(const Value& object, const Parameters& constants, const Named& named, const Settings& settings,
                     model::Arena& arena, Notes& notes) {
    model::Event event;
    // An amount counts with its currency only.
    event.currency = text_at(object, "custom_data.currency");
    event.value = text_at(object, "custom_data.value");
    // State and country are hashed twice under LDP.
    event.consent.sale_opt_out = text_at(object, "custom_data.opt_out_type") == limited_data_processing;
    if (std::ranges::any_of(constants, [](const auto* rule) { return is_of_items(*rule); }))
        event.items.push_back(item_of_replay());
    apply_before(constants, event, notes);
    const Head head{event.action_source ? action_source(event, notes) : std::string_view(), {}, {}};
    const Named plain_name{named.event_name, {}};
    const KnownPerson person(event, arena);
    Scene scene(event, plain_name, head, person, settings, nullptr, arena);
    Notes of_made;  // what is absent in it says nothing of the stored event
    Value changed = object;
    for (const ParameterRule* rule : constants) changed = with_constant(changed, *rule, scene, of_made, notes);
    for (const auto& warning : of_made.all())
        if (last_for(constants, warning.field) != nullptr) notes.warn(warning.code, warning.field, warning.message);
    return changed;
}

Value renamed(const Value& object, const Named& named, const Parameters& parameters, model::Arena& arena) {
    const Value as_named = with_at(object, "event_name", Value(named.event_name), arena);
    if (last_for(parameters, content_name_path) != nullptr) return as_named;  // has the last word over a `custom` name
    if (named.custom_name) return with_at(as_named, content_name_path, Value(*named.custom_name), arena);
    const bool was_custom = text_at(object, "event_name") == custom_event;
    return was_custom ? without_at(as_named, content_name_path, arena) : as_named;  // the event has that name no longer
}

// By the name under which the event came; as it is where that is not known.
std::variant<Value, Drop> named_again(const Value& object, const model::Record& stored, const Settings& settings,
                                      const Rules& rules, model::Arena& arena, Notes& notes) {
    if (stored.source_name.empty()) return object;
    model::Event event;
    event.name = stored.source_name;
    // The record does not always tell whether an app had sent the event, and what only apps may send was let through
    // then.
    event.app_instance_id = "of that time";
    auto name = name_event(event, settings, rules);
    if (auto* drop = std::get_if<Drop>(&name)) return std::move(*drop);
    const auto& named = std::get<Named>(name);
    const Parameters parameters = rules.parameters(stored.source_name);
    const Value with_name = renamed(object, named, parameters, arena);
    const Parameters constants = constants_of(parameters);
    if (constants.empty()) return with_name;
    return with_constants(with_name, constants, named, settings, arena, notes);
}

// What may be stored and sent of the address may have become less since then.
Value with_kept_address(const Value& object, ClientIp policy, model::Arena& arena) {
    constexpr std::string_view path = "user_data.client_ip_address";
    const auto address = text_at(object, path);
    if (!address) return object;
    const auto kept = kept_address(*address, policy);
    return kept ? with_at(object, path, Value(arena.copy(*kept)), arena) : without_at(object, path, arena);
}

std::variant<model::Record, Drop> finish_again(const model::Record& stored, const Value& object, model::Arena& arena,
                                               Notes& notes) {
    const Value event = without_flaws(object, arena, notes);
    if (auto refused = refusal(event)) return std::move(*refused);
    auto body = fitted_json(model::to_json(event), most_record_bytes, notes);
    if (!body) return Drop{drops::too_large, "", "the finished event is too large to send, even without what can go"};
    model::Record record = stored;
    record.event_name = text_at(event, "event_name").value_or("");
    record.event_label = label_of(record.event_name);
    record.deduplicated = text_at(event, "action_source") != offline_source;
    record.body = std::move(*body);
    return record;
}

}  // namespace

destination::Translation translate_again(const model::Record& stored, Time now, const Settings& settings,
                                         const Rules& rules) {
    if (auto drop = refused_for_age(stored, now, settings)) return {std::move(*drop), {}};
    Notes notes;
    model::Arena arena;
    const auto parsed = model::parse_json(stored.body, arena);
    const auto* body = std::get_if<Value>(&parsed);
    if (body == nullptr || !body->is_object())
        return {Drop{drops::schema, "", "the stored event is no JSON object"}, {}};
    auto named = named_again(*body, stored, settings, rules, arena, notes);
    if (auto* drop = std::get_if<Drop>(&named)) return {std::move(*drop), {}};
    const Value event = with_kept_address(std::get<Value>(named), settings.client_ip, arena);
    auto outcome = finish_again(stored, event, arena, notes);
    return {std::move(outcome), notes.take()};
}

}  // namespace pinrelay::destinations::pinterest
