#pragma once

#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "pinrelay/identity/digest.hpp"
#include "pinrelay/model/arena.hpp"
#include "pinrelay/model/value.hpp"

// Makes values of Pinterest's event, and changes finished events. What is made is in the arena.
namespace pinrelay::destinations::pinterest {

inline model::Value whole_number(std::int64_t number, model::Arena& arena) {
    constexpr std::size_t most_digits = 20;
    std::array<char, most_digits> digits;
    const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    return model::Value(model::Value::Number{
        arena.copy(std::string_view(digits.data(), static_cast<std::size_t>(written.ptr - digits.data())))});
}

// In hexadecimal.
inline std::string_view sha256_of(std::string_view text, model::Arena& arena) {
    const auto digest = arena.room<char>(identity::sha256_hex_size);
    identity::sha256_hex(text, digest.first<identity::sha256_hex_size>());
    return {digest.data(), digest.size()};
}

// The text as a value; nothing where it is absent or empty.
inline std::optional<model::Value> filled(std::optional<std::string_view> text) noexcept {
    return text && !text->empty() ? std::optional(model::Value(*text)) : std::nullopt;
}

// The value at a dotted path, "custom_data.value"; null pointer where there is none.
inline const model::Value* find_at(const model::Value& object, std::string_view path) noexcept {
    const auto dot = path.find('.');
    const model::Value* value = object.find(path.substr(0, dot));
    if (dot == std::string_view::npos || value == nullptr) return value;
    return find_at(*value, path.substr(dot + 1));
}

// The object with that value at a dotted path, in the place of what is there; objects on the way are made.
inline model::Value with_at(const model::Value& object, std::string_view path, const model::Value& value,
                            model::Arena& arena) {
    const auto dot = path.find('.');
    const std::string_view key = path.substr(0, dot);
    if (dot == std::string_view::npos) return with_member(object, key, value, arena);
    const model::Value* inner = object.find(key);
    return with_member(object, key,
                       with_at(inner == nullptr ? model::Value() : *inner, path.substr(dot + 1), value, arena), arena);
}

// The object without what is at a dotted path.
inline model::Value without_at(const model::Value& object, std::string_view path, model::Arena& arena) {
    const auto dot = path.find('.');
    const std::string_view key = path.substr(0, dot);
    if (dot == std::string_view::npos)
        return filtered(object, arena, [key](const auto& member) { return member.key != key; });
    const model::Value* inner = object.find(key);
    return inner == nullptr ? object : with_member(object, key, without_at(*inner, path.substr(dot + 1), arena), arena);
}

}  // namespace pinrelay::destinations::pinterest
