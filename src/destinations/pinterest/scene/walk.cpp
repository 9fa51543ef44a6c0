#include "walk.hpp"

#include <utility>

#include "destinations/pinterest/present.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

using model::Value;
using Text = std::optional<std::string>;

// The one text at a place; null pointer where a list stands there, or a text of each item.
const Text* text_at(const model::Event& event, const Place& place) {
    if (const auto* member = std::get_if<Text model::Event::*>(&place)) return &(event.**member);
    if (const auto* member = std::get_if<Text model::App::*>(&place)) return &(event.app.**member);
    if (const auto* member = std::get_if<Text model::Device::*>(&place)) return &(event.device.**member);
    if (const auto* member = std::get_if<Text model::UserData::*>(&place)) return &(event.user_data.**member);
    return nullptr;
}

}  // namespace

std::optional<Value> made(const Field& field, Scene& scene, WarningList& warnings) {
    if (field.make != nullptr) return field.make(field, scene, warnings);
    if (field.type == Type::Closed) {
        Object members = made(field.fields.list(), scene, warnings);
        if (members.empty() && !field.required) return std::nullopt;
        return Value(std::move(members));
    }
    const Text* text = text_at(scene.event, field.place);
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
