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
#include "destinations/pinterest/scene/scene.hpp"
#include "fit.hpp"
#include "write_event.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

using destination::Drop;
using Outcome = std::variant<model::Record, Drop>;

// What an event is translated with.
struct Means {
    Time received;
    const Settings& settings;
    const std::string& account;
    const std::vector<const ParameterRule*>& parameters;
    PersonMemo* memo;
    model::Arena& arena;
    Notes& notes;
};

// Whether the name under which an event came cannot be stored.
bool is_unfit(std::string_view name, const KnownPerson& person) {
    return name.size() > longest_source_name || holds_clear_text(name, person);
}

// Without its body.
model::Record record_of(const Named& named, const Head& head, const std::string& account) {
    model::Record record;
    record.destination = account;
    record.event_name = named.event_name;
    record.event_label = label_of(named.event_name);
    record.event_id = head.id;
    record.event_time = head.time;
    record.deduplicated = head.action_source != offline_source;  // Pinterest never folds offline events
    return record;
}

// Whether the finished event has the key, of which lists have one in some of their objects.
bool is_there(const model::Value& object, std::string_view path) {
    const auto dot = path.find('.');
    const model::Value* value = object.find(path.substr(0, dot));
    if (dot == std::string_view::npos || value == nullptr) return value != nullptr;
    const std::string_view below = path.substr(dot + 1);
    return is_there(*value, below) ||
           std::ranges::any_of(value->items(), [&](const model::Value& each) { return is_there(each, below); });
}

// Of what is sent: something may have been left out.
std::vector<destination::Origin> origins_of(const std::string& body, model::Arena& arena,
                                            std::vector<destination::Origin> origins) {
    const auto parsed = model::parse_json(body, arena);
    const auto* event = std::get_if<model::Value>(&parsed);
    std::erase_if(origins, [&](const destination::Origin& origin) {
        return event == nullptr || !is_there(*event, origin.field);
    });
    return origins;
}

// What goes with the record is left in `with_it`.
Outcome finish(const model::Event& event, const Named& named, const Means& means, destination::Translation& with_it) {
    Notes& notes = means.notes;
    const auto source = action_source(event, notes);
    auto time = event_time(event, means.received, source, means.settings.late_policy, notes);
    if (auto* drop = std::get_if<Drop>(&time)) return std::move(*drop);
    const KnownPerson person(event, means.arena);
    const Head head{source, std::get<std::chrono::sys_seconds>(time),
                    event_id(event, named.event_name, person, means.arena, notes)};

    Scene scene(event, named, head, person, means.settings, means.memo, means.arena);
    WrittenEvent written = write_event(scene, means.parameters, notes);
    if (written.refused) return std::move(*written.refused);
    auto body = fitted_json(std::move(written.body), most_record_bytes, notes);
    if (!body) return Drop{drops::too_large, "", "the finished event is too large to send, even without what can go"};

    auto record = record_of(named, head, means.account);
    if (!is_unfit(event.name, person)) record.source_name = event.name;
    record.body = std::move(*body);
    with_it.essence = written.essence;
    with_it.quality = written.quality;
    with_it.identifiers = std::move(written.identifiers);
    if (notes.explains()) with_it.origins = origins_of(record.body, means.arena, notes.take_origins());
    if (record.event_name == custom_event) with_it.custom_name = written.content_name;
    with_it.is_sale = record.event_name == sale_event;
    with_it.cookies = click_id_cookies(scene.click_id());
    return record;
}

destination::Translation translate_named(const model::Event& event, const Named& named, const Means& means) {
    destination::Translation translation;
    translation.outcome = finish(event, named, means, translation);
    translation.warnings = means.notes.take();
    return translation;
}

}  // namespace

destination::Translation translate(const model::Event& event, Time received, const Settings& settings,
                                   const Rules& rules, const std::string& account, PersonMemo* memo) {
    Notes notes(event.origins != nullptr);
    auto name = name_event(event, settings, rules);
    if (auto* drop = std::get_if<Drop>(&name)) return {std::move(*drop), {}};
    auto& named = std::get<Named>(name);

    model::Arena arena;
    const auto parameters = rules.parameters(event.name);
    const Means means{received, settings, account, parameters, memo, arena, notes};
    if (parameters.empty()) return translate_named(event, named, means);
    model::Event adjusted = event;
    if (event.origins) adjusted.origins = std::make_shared<model::Origins>(*event.origins);
    // A parameter has the last word over the name that a `custom` event carries.
    if (named.custom_name) adjusted.content_name = std::exchange(named.custom_name, std::nullopt);
    apply_before(parameters, adjusted, notes);
    return translate_named(adjusted, named, means);
}

destination::Translation translate(const model::Event& event, Time received, const Settings& settings,
                                   const Rules& rules, const std::string& account) {
    return translate(event, received, settings, rules, account, nullptr);
}

}  // namespace pinrelay::destinations::pinterest
