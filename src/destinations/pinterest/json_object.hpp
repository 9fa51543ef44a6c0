#pragma once

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

// Appends a member; the caller writes each key once.
inline void put(Object& object, std::string_view key, model::Value value) {
    object.push_back({std::string(key), std::move(value)});
}

// Appends the member where there is something to write: an empty object or list is left out, not sent.
inline void put_filled(Object& object, std::string_view key, Object members) {
    if (!members.empty()) put(object, key, model::Value(std::move(members)));
}
inline void put_filled(Object& object, std::string_view key, std::vector<std::string> texts) {
    if (!texts.empty()) put(object, key, text_list(std::move(texts)));
}
inline void put_filled(Object& object, std::string_view key, std::optional<std::string> text) {
    if (text && !text->empty()) put(object, key, model::Value(std::move(*text)));
}

}  // namespace pinrelay::destinations::pinterest
