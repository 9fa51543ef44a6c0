#include "own_keys.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "destinations/pinterest/labels.hpp"
#include "destinations/pinterest/mapping/parameter_value.hpp"
#include "destinations/pinterest/schema.hpp"
#include "gate.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

constexpr std::array<std::string_view, 2> own_objects = {"app_info", "device_info"};

bool is_set(const Object& event, std::string_view object, std::string_view key) {
    const auto found = std::ranges::find_if(event, [object](const auto& member) { return member.key == object; });
    return found != event.end() && found->value.find(key) != nullptr;
}

void put_own(Object& event, std::string_view object, const model::Value::Member& given, Notes& notes) {
    const std::string path = std::string(object) + '.' + given.key;
    const Field* field = find_field(path);
    if (field == nullptr || given.value.is_null() || is_set(event, object, given.key)) return;
    auto value = converted(given.value, field->type);
    if (value && flaw(*field, *value) == nullptr) {
        notes.chose(path, path, "as it came, in Pinterest's own form");
        return set_at(event, path, std::move(*value));
    }
    notes.warn(warnings::field_invalid, path, "the value does not fit the schema's type or limits");
}

}  // namespace

void put_own_keys(Object& event, const model::Value& source, Notes& notes) {
    for (const std::string_view object : own_objects) {
        const model::Value* given = source.find(object);
        if (given == nullptr || given->object() == nullptr) continue;
        for (const auto& member : *given->object()) put_own(event, object, member, notes);
    }
}

}  // namespace pinrelay::destinations::pinterest
