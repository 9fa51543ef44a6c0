#include "parameters.hpp"

#include <algorithm>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "destinations/pinterest/labels.hpp"
#include "destinations/pinterest/translate/gate.hpp"
#include "parameter_value.hpp"
#include "pinrelay/core/nearest_name.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

using model::Event;
using model::Item;
using model::Texts;
using model::UserData;
using Text = std::optional<std::string_view>;

// The key at a target that the relay makes from a place in the event; null pointer for all others.
const Field* find_early(std::string_view target) noexcept {
    const Field* field = find_field(target);
    return field == nullptr || std::holds_alternative<std::monostate>(field->place) ? nullptr : field;
}

const model::Value* value_of(const ParameterRule& rule, const model::Value& source) {
    const model::Value* value = rule.constant ? &**rule.constant : source.at_pointer(*rule.pointer);
    return value == nullptr || value->is_null() ? nullptr : value;
}

// For explanations.
std::string source_of(const ParameterRule& rule) {
    return rule.constant ? "a constant of the configuration" : "the configuration's pointer " + *rule.pointer;
}

// Sets the place from the texts; false where it takes one text and there are several.
bool set(Event& event, const Place& place, Texts texts) {
    if (const auto* list = std::get_if<Texts UserData::*>(&place)) {
        event.user_data.** list = std::move(texts);
        return true;
    }
    Text* text = text_at(event, place);
    if (text == nullptr || texts.size() != 1) return false;
    *text = texts.front();
    return true;
}

void warn(Notes& notes, const ParameterRule& rule, std::string_view message) {
    notes.warn(warnings::parameter_unusable, rule.target, message);
}

void add_paths(std::span<const Field> fields, const std::string& prefix, std::vector<std::string>& paths) {
    for (const Field& field : fields) {
        const std::string path = prefix + std::string(field.key);
        if (field.type == Type::Closed)
            add_paths(field.fields.list(), path + ".", paths);
        else if (field.type == Type::ClosedList)
            add_paths(field.fields.list(), path + "[].", paths);
        else
            paths.push_back(path);
    }
}

std::string no_such_key(const std::string& target) {
    std::vector<std::string> paths;
    add_paths(event_schema(), "", paths);
    const std::vector<std::string_view> known(paths.begin(), paths.end());
    std::string sentence = "Pinterest's schema has no such key";
    if (const auto nearest = nearest_name(target, known))
        sentence.append("; is \"").append(*nearest).append("\" meant?");
    return sentence;
}

void set_in_items(const ParameterRule& rule, Text Item::*member, Event& event, Notes& notes) {
    for (Item& item : event.items) {
        const model::Value* value = value_of(rule, item.source);
        if (value == nullptr) continue;
        const auto text = value->scalar_text();
        if (!text)
            warn(notes, rule, "the value is no plain one");
        else if (!identity::is_absent(*text))
            item.*member = text;
    }
}

}  // namespace

std::optional<std::string> problem_of(const ParameterRule& rule) {
    const Field* field = find_field(rule.target);
    if (field == nullptr) return no_such_key(rule.target);
    if (field->type == Type::Closed) return "this is an object: name a key inside of it";
    if (rule.target == "event_name") return "cannot be set here: give the rule a \"name\" or a \"custom_name\"";
    if (rule.target == "event_time") return "the time is the event's own and cannot be set";
    if (rule.pointer.has_value() == rule.constant.has_value()) return "give either a pointer or a constant";
    if (rule.pointer && !rule.pointer->empty() && !rule.pointer->starts_with('/'))
        return "a JSON pointer begins with '/'";
    return std::nullopt;
}

bool acts_before(const ParameterRule& rule) noexcept { return find_early(rule.target) != nullptr; }

bool is_of_items(const ParameterRule& rule) noexcept {
    const Field* early = find_early(rule.target);
    return early != nullptr && std::holds_alternative<Text Item::*>(early->place);
}

void apply_before(const std::vector<const ParameterRule*>& rules, model::Event& event, Notes& notes) {
    for (const auto* rule : rules) {
        const Field* early = find_early(rule->target);
        if (early != nullptr && is_of_items(*rule)) {
            set_in_items(*rule, std::get<Text Item::*>(early->place), event, notes);
            continue;
        }
        const model::Value* value = early == nullptr ? nullptr : value_of(*rule, event.source);
        if (value == nullptr) continue;
        auto texts = texts_of(*value);
        if (texts) texts->erase(std::remove_if(texts->begin(), texts->end(), identity::is_absent), texts->end());
        if (texts && texts->empty()) continue;
        if (!texts || !set(event, early->place, std::move(*texts)))
            warn(notes, *rule, "the value is no plain one");
        else if (event.origins)
            event.origins->note(early->place, source_of(*rule));
    }
}

std::optional<model::Value> value_after(const std::vector<const ParameterRule*>& rules, const Field& field,
                                        const model::Value& source, model::Arena& arena, Notes& notes) {
    std::optional<model::Value> last;
    if (!std::holds_alternative<std::monostate>(field.place)) return last;
    for (const auto* rule : rules) {
        if (find_field(rule->target) != &field) continue;
        const model::Value* given = value_of(*rule, source);
        if (given == nullptr) continue;
        const auto value = converted(*given, field.type, arena);
        if (!value || flaw(field, *value) != nullptr) {
            warn(notes, *rule, "the value does not fit the target's type or limits");
            continue;
        }
        last = value;
        notes.replaced(rule->target, source_of(*rule), "as the configuration says");
    }
    return last;
}

}  // namespace pinrelay::destinations::pinterest
