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
using Parameters = std::vector<const ParameterRule*>;

constexpr std::string_view content_name_path = "custom_data.content_name";

std::optional<std::string> text_at(Object& object, std::string_view path) {
    const model::Value* value = find_at(object, path);
    if (value == nullptr || value->text() == nullptr) return std::nullopt;
    return *value->text();
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

// Sets one key in every object of the stored contents to what it is in the made ones.
void set_in_contents(const ParameterRule& rule, Scene& scene, Object& object, Notes& notes) {
    constexpr std::string_view path = "custom_data.contents";
    const auto one = made(*find_field(path), scene, notes);
    model::Value* stored = find_at(object, path);
    if (!one || one->array() == nullptr || stored == nullptr || stored->array() == nullptr) return;
    const std::string_view key = std::string_view(rule.target).substr(rule.target.rfind('.') + 1);
    const model::Value* value = one->array()->front().find(key);
    if (value == nullptr || key == "id") return;
    for (model::Value& content : *stored->array())
        if (content.object() != nullptr) set_at(*content.object(), key, *value);
}

// A value that the relay itself makes out of the event is made by its own row of the table, out of an event that holds
// nothing but the constants: so it is normalised, hashed and checked as it would have been.
void set_constants(const Parameters& constants, const Named& named, const Settings& settings, Object& object,
                   Notes& notes) {
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
    const KnownPerson person(event);
    Scene scene(event, plain_name, head, person, settings, nullptr);
    Notes of_made;  // what is absent in it says nothing of the stored event
    for (const ParameterRule* rule : constants) {
        if (!acts_before(*rule)) continue;
        if (is_of_items(*rule))
            set_in_contents(*rule, scene, object, of_made);
        else if (auto value = made(*find_field(rule->target), scene, of_made))
            set_at(object, rule->target, std::move(*value));
    }
    for (const auto& warning : of_made.all())
        if (last_for(constants, warning.field) != nullptr) notes.warn(warning.code, warning.field, warning.message);
    apply_after(constants, model::Value(), object, notes);
}

void rename(const Named& named, const Parameters& parameters, Object& object) {
    const bool was_custom = text_at(object, "event_name") == std::string(custom_event);
    set_at(object, "event_name", model::Value(named.event_name));
    if (last_for(parameters, content_name_path) != nullptr) return;  // has the last word over a `custom` event's name
    if (named.custom_name) return set_at(object, content_name_path, model::Value(*named.custom_name));
    Object* custom_data =
        was_custom && find(object, "custom_data") != nullptr ? find(object, "custom_data")->object() : nullptr;
    // It carried the name that the event has no longer.
    if (custom_data != nullptr)
        std::erase_if(*custom_data, [](const model::Value::Member& member) { return member.key == "content_name"; });
}

// By the name under which the event came; nothing where that is not known.
std::optional<Drop> name_again(const model::Record& stored, const Settings& settings, const Rules& rules,
                               Object& object, Notes& notes) {
    if (stored.source_name.empty()) return std::nullopt;
    model::Event event;
    event.name = stored.source_name;
    // The record does not always tell whether an app had sent the event, and what only apps may send was let through
    // then.
    event.app_instance_id = "of that time";
    auto name = name_event(event, settings, rules);
    if (auto* drop = std::get_if<Drop>(&name)) return std::move(*drop);
    const auto& named = std::get<Named>(name);
    const Parameters parameters = rules.parameters(stored.source_name);
    rename(named, parameters, object);
    const Parameters constants = constants_of(parameters);
    if (!constants.empty()) set_constants(constants, named, settings, object, notes);
    return std::nullopt;
}

// What may be stored and sent of the address may have become less since then.
void keep_address(Object& object, ClientIp policy) {
    constexpr std::string_view path = "user_data.client_ip_address";
    const auto address = text_at(object, path);
    if (!address) return;
    auto kept = kept_address(*address, policy);
    if (kept) return set_at(object, path, model::Value(std::move(*kept)));
    std::erase_if(*find(object, "user_data")->object(),
                  [](const model::Value::Member& member) { return member.key == "client_ip_address"; });
}

std::variant<model::Record, Drop> finish_again(const model::Record& stored, Object object, Notes& notes) {
    leave_out_flaws(object, notes);
    if (auto refused = refusal_of_repaired(object)) return std::move(*refused);
    model::Record record = stored;
    record.event_name = text_at(object, "event_name").value_or("");
    record.event_label = label_of(record.event_name);
    record.deduplicated = text_at(object, "action_source") != std::string(offline_source);
    auto body = fitted_json(std::move(object), most_record_bytes, notes);
    if (!body) return Drop{drops::too_large, "", "the finished event is too large to send, even without what can go"};
    record.body = std::move(*body);
    return record;
}

}  // namespace

destination::Translation translate_again(const model::Record& stored, Time now, const Settings& settings,
                                         const Rules& rules) {
    Notes notes;
    if (auto drop = refused_for_age(stored, now, settings)) return {std::move(*drop), {}};
    auto parsed = model::parse_json(stored.body);
    auto* body = std::get_if<model::Value>(&parsed);
    if (body == nullptr || body->object() == nullptr)
        return {Drop{drops::schema, "", "the stored event is no JSON object"}, {}};
    Object object = std::move(*body->object());
    if (auto drop = name_again(stored, settings, rules, object, notes)) return {std::move(*drop), {}};
    keep_address(object, settings.client_ip);
    auto outcome = finish_again(stored, std::move(object), notes);
    return {std::move(outcome), notes.take()};
}

}  // namespace pinrelay::destinations::pinterest
