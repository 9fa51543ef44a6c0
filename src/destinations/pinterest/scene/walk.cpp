#include "walk.hpp"

#include <string>
#include <utility>
#include <variant>

#include "destinations/pinterest/present.hpp"

namespace pinrelay::destinations::pinterest {
using model::Value;

namespace {

std::string source_of(const Field& field, const model::Event& event) {
    if (std::holds_alternative<std::optional<std::string> model::Item::*>(field.place))
        return source_at(event, &model::Event::items);
    const bool is_other = !std::holds_alternative<std::monostate>(field.origin);
    return source_at(event, is_other ? field.origin : field.place);
}

std::optional<Value> value_of(const Field& field, Scene& scene, Notes& notes) {
    if (field.make != nullptr) return field.make(field, scene, notes);
    if (field.type == Type::Closed) {
        Object members = made(field.fields.list(), scene, notes);
        if (members.empty() && !field.required) return std::nullopt;
        return Value(std::move(members));
    }
    const auto* text = text_at(scene.event, field.place);
    return text == nullptr ? std::nullopt : filled(present(*text));
}

}  // namespace

std::optional<Value> made(const Field& field, Scene& scene, Notes& notes) {
    auto value = value_of(field, scene, notes);
    if (notes.explains() && value && field.type != Type::Closed)
        notes.chose(path_of(field), source_of(field, scene.event), field.rule);
    return value;
}

Object made(std::span<const Field> fields, Scene& scene, Notes& notes) {
    Object members;
    members.reserve(fields.size());
    for (const Field& field : fields)
        if (auto value = made(field, scene, notes)) put(members, field.key, std::move(*value));
    return members;
}

}  // namespace pinrelay::destinations::pinterest
