#include "custom_data.hpp"

#include <algorithm>

#include "destinations/pinterest/items/contents.hpp"
#include "destinations/pinterest/labels.hpp"
#include "destinations/pinterest/present.hpp"
#include "destinations/pinterest/scene/data_processing.hpp"

namespace pinrelay::destinations::pinterest::make {
namespace {

using model::Value;

constexpr std::string_view value_path = "custom_data.value";

// There is no field for a list's name but the category.
std::optional<std::string_view> category(const model::Event& event, const Named& named) {
    if (auto own = present(event.content_category)) return own;
    if (named.event_name != "view_category") return std::nullopt;
    if (auto list = present(event.item_list_name)) return list;
    if (event.items.empty()) return std::nullopt;
    const auto& first = event.items.front();
    if (auto list = present(first.list_name)) return list;
    return present(first.category);
}

// Pinterest's own count of what was bought, where no items tell it.
std::optional<std::int64_t> units_of(const model::Event& event) {
    const auto given = present(event.units);
    const auto number = given ? Decimal::parse(*given) : std::nullopt;
    const auto whole = number ? number->whole() : std::nullopt;
    return whole && *whole >= 0 ? whole : std::nullopt;
}

// Another warning says already why a value that is there is not sent.
bool has_warning_of_value(const Notes& notes) {
    return std::ranges::any_of(notes.all(), [](const auto& warning) { return warning.field == value_path; });
}

}  // namespace

std::optional<Value> currency(const Field&, Scene& scene, Notes& notes) {
    const auto& money = scene.money(notes);
    return money ? std::optional(Value(money->currency)) : std::nullopt;
}

std::optional<Value> value(const Field&, Scene& scene, Notes& notes) {
    if (const auto& money = scene.money(notes)) return Value(money->value);
    if (scene.named.event_name == "checkout" && !has_warning_of_value(notes))
        notes.warn(warnings::checkout_without_value, value_path,
                   scene.event.items.empty() ? "the event has no value"
                                             : "the event has no value, and no sum of its items stands for it");
    return std::nullopt;
}

std::optional<Value> content_ids(const Field&, Scene& scene, Notes& notes) {
    const auto ids = ids_of(scene.lines(notes), scene.arena);
    return ids.empty() ? std::nullopt : std::optional(Value(ids));
}

std::optional<Value> contents(const Field& field, Scene& scene, Notes& notes) {
    model::GrowingList<Value> objects(scene.arena);
    bool all = scene.event.unlisted_units == 0;
    for (const Line& line : scene.lines(notes)) {
        if (!line.id) continue;
        if (objects.size() == scene.settings.max_contents) {
            all = false;
            break;
        }
        scene.line = &line;
        objects.push_back(made(field.fields.list(), scene, notes));
    }
    scene.line = nullptr;
    if (!all && !scene.lines(notes).empty())
        notes.warn(warnings::contents_left_out, "custom_data.contents",
                   "more items than are sent in contents; all count in num_items");
    return objects.empty() ? std::nullopt : std::optional(Value(objects.span()));
}

std::optional<Value> num_items(const Field& field, Scene& scene, Notes& notes) {
    const auto lines = scene.lines(notes);
    if (!lines.empty())
        return whole_number(number_of(lines, scene.event.unlisted_units, scene.settings.num_items), scene.arena);
    if (notes.explains()) notes.chose(path_of(field), source_at(scene.event, &model::Event::units), field.rule);
    const auto units = units_of(scene.event);
    return units ? std::optional(whole_number(*units, scene.arena)) : std::nullopt;
}

std::optional<Value> content_name(const Field& field, Scene& scene, Notes& notes) {
    const auto& custom = scene.named.custom_name;
    if (custom && notes.explains())
        notes.chose(path_of(field), source_at(scene.event, &model::Event::name), field.rule);
    return filled(custom ? custom : present(scene.event.content_name));
}

std::optional<Value> content_category(const Field& field, Scene& scene, Notes& notes) {
    const model::Event& event = scene.event;
    if (notes.explains() && !present(event.content_category)) {
        const bool is_list = present(event.item_list_name).has_value();
        notes.chose(path_of(field),
                    source_at(event, is_list ? Place(&model::Event::item_list_name) : Place(&model::Event::items)),
                    field.rule);
    }
    return filled(category(event, scene.named));
}

std::optional<Value> predicted_ltv(const Field&, Scene& scene, Notes& notes) {
    const auto given = present(scene.event.predicted_ltv);
    if (!given) return std::nullopt;
    const auto number = Decimal::parse(*given);
    if (number && !number->is_negative()) return Value(scene.arena.copy(number->text()));
    notes.warn(warnings::value_invalid, "custom_data.predicted_ltv", "no number of zero or more");
    return std::nullopt;
}

std::optional<Value> opt_out_type(const Field&, Scene& scene, Notes& notes) {
    if (scene.limits_data()) return Value(limited_data_processing);
    if (present(scene.event.opt_out_type))
        notes.warn(warnings::field_invalid, "custom_data.opt_out_type", "only \"LDP\" has a meaning");
    return std::nullopt;
}

}  // namespace pinrelay::destinations::pinterest::make
