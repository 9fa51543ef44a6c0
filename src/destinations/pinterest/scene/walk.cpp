#include "walk.hpp"

#include <utility>

#include "destinations/pinterest/present.hpp"

namespace pinrelay::destinations::pinterest {
using model::Value;

std::optional<Value> made(const Field& field, Scene& scene, WarningList& warnings) {
    if (field.make != nullptr) return field.make(field, scene, warnings);
    if (field.type == Type::Closed) {
        Object members = made(field.fields.list(), scene, warnings);
        if (members.empty() && !field.required) return std::nullopt;
        return Value(std::move(members));
    }
    const auto* text = text_at(scene.event, field.place);
    return text == nullptr ? std::nullopt : filled(present(*text));
}

Object made(std::span<const Field> fields, Scene& scene, WarningList& warnings) {
    Object members;
    members.reserve(fields.size());
    for (const Field& field : fields)
        if (auto value = made(field, scene, warnings)) put(members, field.key, std::move(*value));
    return members;
}

}  // namespace pinrelay::destinations::pinterest
