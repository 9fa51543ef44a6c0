#include "walk.hpp"

#include <string>
#include <variant>

#include "destinations/pinterest/present.hpp"

namespace pinrelay::destinations::pinterest {
using model::Value;

namespace {

std::string source_of(const Field& field, const model::Event& event) {
    if (std::holds_alternative<std::optional<std::string_view> model::Item::*>(field.place))
        return source_at(event, &model::Event::items);
    const bool is_other = !std::holds_alternative<std::monostate>(field.origin);
    return source_at(event, is_other ? field.origin : field.place);
}

std::optional<Value> value_of(const Field& field, Scene& scene, Notes& notes) {
    if (field.make != nullptr) return field.make(field, scene, notes);
    const auto* text = text_at(scene.event, field.place);
    return text == nullptr ? std::nullopt : filled(present(*text));
}

}  // namespace

std::optional<Value> made(const Field& field, Scene& scene, Notes& notes) {
    const auto value = value_of(field, scene, notes);
    if (notes.explains() && value) notes.chose(path_of(field), source_of(field, scene.event), field.rule);
    return value;
}

Value made(std::span<const Field> fields, Scene& scene, Notes& notes) {
    model::GrowingList<Value::Member> members(scene.arena);
    members.reserve(fields.size());
    for (const Field& field : fields)
        if (const auto value = made(field, scene, notes)) members.push_back({field.key, *value});
    return Value(members.span());
}

}  // namespace pinrelay::destinations::pinterest
