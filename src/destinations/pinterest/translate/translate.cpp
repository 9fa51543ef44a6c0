#include "translate.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>

#include "destinations/pinterest/fields/action_source.hpp"
#include "destinations/pinterest/fields/click_id.hpp"
#include "destinations/pinterest/fields/event_id.hpp"
#include "destinations/pinterest/fields/event_time.hpp"
#include "destinations/pinterest/labels.hpp"
#include "destinations/pinterest/limits.hpp"
#include "destinations/pinterest/mapping/event_names.hpp"
#include "destinations/pinterest/mapping/event_naming.hpp"
#include "destinations/pinterest/mapping/parameters.hpp"
#include "destinations/pinterest/privacy/known_person.hpp"
#include "destinations/pinterest/privacy/sweep.hpp"
#include "destinations/pinterest/scene/walk.hpp"
#include "destinations/pinterest/schema.hpp"
#include "essence.hpp"
#include "fit.hpp"
#include "gate.hpp"
#include "leave_out.hpp"
#include "own_keys.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

using destination::Drop;
using Outcome = std::variant<model::Record, Drop>;

// Whether the name under which an event came cannot be stored.
bool is_unfit(const std::string& name, const KnownPerson& person) {
    return name.size() > longest_source_name || holds_clear_text(name, person);
}

// Without its body.
model::Record record_of(const Named& named, Head head, const std::string& account) {
    model::Record record;
    record.destination = account;
    record.event_name = named.event_name;
    record.event_label = label_of(named.event_name);
    record.event_id = std::move(head.id);
    record.event_time = head.time;
    record.deduplicated = head.action_source != offline_source;  // Pinterest never folds offline events
    return record;
}

// Of a finished event whose name says only that it is the advertiser's own.
std::string custom_name_of(const model::Record& record, Object& object) {
    if (record.event_name != custom_event) return {};
    const model::Value* name = find_at(object, "custom_data.content_name");
    return name == nullptr || name->text() == nullptr ? std::string() : *name->text();
}

// Whether the finished event has the key, of which lists have one in some of their objects.
bool is_there(Object& object, std::string_view path) {
    const auto dot = path.find('.');
    model::Value* value = find(object, path.substr(0, dot));
    if (dot == std::string_view::npos || value == nullptr) return value != nullptr;
    const std::string_view below = path.substr(dot + 1);
    if (Object* inner = value->object()) return is_there(*inner, below);
    auto* list = value->array();
    return list != nullptr && std::ranges::any_of(*list, [&](model::Value& each) {
               return each.object() != nullptr && is_there(*each.object(), below);
           });
}

// Of what is sent: sweeping and repairing may have left something out.
std::vector<destination::Origin> origins_of(Object& object, std::vector<destination::Origin> origins) {
    std::erase_if(origins, [&](const destination::Origin& origin) { return !is_there(object, origin.field); });
    return origins;
}

// What goes with the record is left in `with_it`.
Outcome finish(const model::Event& event, const Named& named, Time received, const Settings& settings,
               const std::vector<const ParameterRule*>& parameters, const std::string& account, PersonMemo* memo,
               Notes& notes, destination::Translation& with_it) {
    const auto source = action_source(event, notes);
    auto time = event_time(event, received, source, settings.late_policy, notes);
    if (auto* drop = std::get_if<Drop>(&time)) return std::move(*drop);
    const KnownPerson person(event);
    Head head{source, std::get<std::chrono::sys_seconds>(time), event_id(event, named.event_name, person, notes)};

    Scene scene(event, named, head, person, settings, memo);
    Object object = made(event_schema(), scene, notes);
    put_own_keys(object, event.source, notes);
    apply_after(parameters, event.source, object, notes);
    sweep_clear_text(object, person, notes);
    leave_out_flaws(object, notes);
    if (auto refused = refusal_of_repaired(object)) return std::move(*refused);

    auto record = record_of(named, std::move(head), account);
    if (!is_unfit(event.name, person)) record.source_name = event.name;
    with_it.essence = essence_of(object);
    if (notes.explains()) with_it.origins = origins_of(object, notes.take_origins());
    with_it.custom_name = custom_name_of(record, object);
    with_it.is_sale = record.event_name == sale_event;
    auto body = fitted_json(std::move(object), most_record_bytes, notes);
    if (!body) return Drop{drops::too_large, "", "the finished event is too large to send, even without what can go"};
    record.body = std::move(*body);
    with_it.cookies = click_id_cookies(scene.click_id());
    return record;
}

destination::Translation translate_named(const model::Event& event, const Named& named, Time received,
                                         const Settings& settings, const std::vector<const ParameterRule*>& parameters,
                                         const std::string& account, PersonMemo* memo, Notes& notes) {
    destination::Translation translation;
    translation.outcome = finish(event, named, received, settings, parameters, account, memo, notes, translation);
    translation.warnings = notes.take();
    return translation;
}

}  // namespace

destination::Translation translate(const model::Event& event, Time received, const Settings& settings,
                                   const Rules& rules, const std::string& account, PersonMemo* memo) {
    Notes notes(event.origins != nullptr);
    auto name = name_event(event, settings, rules);
    if (auto* drop = std::get_if<Drop>(&name)) return {std::move(*drop), {}};
    auto named = std::get<Named>(std::move(name));

    const auto parameters = rules.parameters(event.name);
    if (parameters.empty()) return translate_named(event, named, received, settings, parameters, account, memo, notes);
    model::Event adjusted = event;
    if (event.origins) adjusted.origins = std::make_shared<model::Origins>(*event.origins);
    // A parameter has the last word over the name that a `custom` event carries.
    if (named.custom_name) adjusted.content_name = std::exchange(named.custom_name, std::nullopt);
    apply_before(parameters, adjusted, notes);
    return translate_named(adjusted, named, received, settings, parameters, account, memo, notes);
}

destination::Translation translate(const model::Event& event, Time received, const Settings& settings,
                                   const Rules& rules, const std::string& account) {
    return translate(event, received, settings, rules, account, nullptr);
}

}  // namespace pinrelay::destinations::pinterest
