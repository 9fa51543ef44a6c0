#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pinrelay/model/value.hpp"

namespace pinrelay::destinations::pinterest {

using Object = model::Value::Object;

inline model::Value whole_number(std::int64_t number) {
    return model::Value(model::Value::Number{std::to_string(number)});
}

inline model::Value text_list(std::vector<std::string> texts) {
    model::Value::Array array;
    array.reserve(texts.size());
    for (auto& text : texts) array.emplace_back(std::move(text));
    return model::Value(std::move(array));
}

// The text as a value; nothing where it is absent or empty.
inline std::optional<model::Value> filled(std::optional<std::string> text) {
    return text && !text->empty() ? std::optional(model::Value(std::move(*text))) : std::nullopt;
}

// Appends a member; the caller writes each key once.
inline void put(Object& object, std::string_view key, model::Value value) {
    object.push_back({std::string(key), std::move(value)});
}

// The member of that key; null pointer where there is none.
inline model::Value* find(Object& object, std::string_view key) {
    const auto member = std::ranges::find_if(object, [&](const auto& m) { return m.key == key; });
    return member == object.end() ? nullptr : &member->value;
}

// The value at a dotted path, "custom_data.value"; null pointer where there is none.
inline model::Value* find_at(Object& object, std::string_view path) {
    const auto dot = path.find('.');
    model::Value* value = find(object, path.substr(0, dot));
    if (dot == std::string_view::npos || value == nullptr) return value;
    if (value->object() == nullptr) return nullptr;
    return find_at(*value->object(), path.substr(dot + 1));
}

// Sets the value at a dotted path, in the place of what stands there; objects on the way are made.
inline void set_at(Object& object, std::string_view path, model::Value value) {
    const auto dot = path.find('.');
    const std::string_view key = path.substr(0, dot);
    if (find(object, key) == nullptr) put(object, key, model::Value());
    model::Value& member = *find(object, key);
    if (dot == std::string_view::npos) {
        member = std::move(value);
        return;
    }
    if (member.object() == nullptr) member = model::Value(Object{});
    set_at(*member.object(), path.substr(dot + 1), std::move(value));
}

}  // namespace pinrelay::destinations::pinterest
