#include "translate.hpp"

#include <chrono>
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

// What goes with the record is left in `with_it`.
Outcome finish(const model::Event& event, const Named& named, Time received, const Settings& settings,
               const std::vector<const ParameterRule*>& parameters, const std::string& account, PersonMemo* memo,
               WarningList& warnings, destination::Translation& with_it) {
    const auto source = action_source(event, warnings);
    auto time = event_time(event, received, source, settings.late_policy, warnings);
    if (auto* drop = std::get_if<Drop>(&time)) return std::move(*drop);
    const KnownPerson person(event);
    Head head{source, std::get<std::chrono::sys_seconds>(time), event_id(event, named.event_name, person, warnings)};

    Scene scene(event, named, head, person, settings, memo);
    Object object = made(event_schema(), scene, warnings);
    put_own_keys(object, event.source, warnings);
    apply_after(parameters, event.source, object, warnings);
    sweep_clear_text(object, person, warnings);
    leave_out_flaws(object, warnings);
    if (auto refused = refusal_of_repaired(object)) return std::move(*refused);

    auto record = record_of(named, std::move(head), account);
    if (!is_unfit(event.name, person)) record.source_name = event.name;
    with_it.essence = essence_of(object);
    with_it.custom_name = custom_name_of(record, object);
    with_it.is_sale = record.event_name == sale_event;
    auto body = fitted_json(std::move(object), most_record_bytes, warnings);
    if (!body) return Drop{drops::too_large, "", "the finished event is too large to send, even without what can go"};
    record.body = std::move(*body);
    with_it.cookies = click_id_cookies(scene.click_id());
    return record;
}

destination::Translation translate_named(const model::Event& event, const Named& named, Time received,
                                         const Settings& settings, const std::vector<const ParameterRule*>& parameters,
                                         const std::string& account, PersonMemo* memo, WarningList& warnings) {
    destination::Translation translation;
    translation.outcome = finish(event, named, received, settings, parameters, account, memo, warnings, translation);
    translation.warnings = warnings.take();
    return translation;
}

}  // namespace

destination::Translation translate(const model::Event& event, Time received, const Settings& settings,
                                   const Rules& rules, const std::string& account, PersonMemo* memo) {
    WarningList warnings;
    auto name = name_event(event, settings, rules);
    if (auto* drop = std::get_if<Drop>(&name)) return {std::move(*drop), {}};
    auto named = std::get<Named>(std::move(name));

    const auto parameters = rules.parameters(event.name);
    if (parameters.empty())
        return translate_named(event, named, received, settings, parameters, account, memo, warnings);
    model::Event adjusted = event;
    // A parameter has the last word over the name that a `custom` event carries.
    if (named.custom_name) adjusted.content_name = std::exchange(named.custom_name, std::nullopt);
    apply_before(parameters, adjusted, warnings);
    return translate_named(adjusted, named, received, settings, parameters, account, memo, warnings);
}

destination::Translation translate(const model::Event& event, Time received, const Settings& settings,
                                   const Rules& rules, const std::string& account) {
    return translate(event, received, settings, rules, account, nullptr);
}

}  // namespace pinrelay::destinations::pinterest
