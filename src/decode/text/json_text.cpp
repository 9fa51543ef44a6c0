#include "json_text.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>

#include "decode/event/aliases.hpp"
#include "pinrelay/core/ascii.hpp"
#include "snake_case.hpp"

namespace pinrelay::decode {
namespace {

using model::Value;

constexpr unsigned most_texts_within_texts = 3;
constexpr std::size_t deepest_text = 12;
constexpr unsigned deepest_place = 3;  // "user_data", and "address" in it

// Objects whose members stand for the event's own; the table of aliases leads through all others.
constexpr std::array<std::string_view, 6> lifted_objects = {"ecommerce", "event_model", "custom_data",
                                                            "params",    "properties",  "context"};

constexpr ascii::Set beginnings_of_json("[{\" \t\n\r\v\f");  // with the white space in front of it

bool leads_to_fields(const std::string& key) {
    const Meaning* meaning = find_meaning(key);
    return meaning != nullptr && meaning->is_container;
}

std::string below(const std::string& prefix, std::string_view key) {
    std::string flattened;
    std::ranges::transform(key, std::back_inserter(flattened), flattened_character);
    flattened = in_snake_case(flattened);
    return prefix.empty() ? flattened : prefix + '_' + flattened;
}

void open_below(Value& object, const std::string& prefix, unsigned level) {
    Value::Object* members = object.object();
    if (members == nullptr || level == deepest_place) return;
    for (Value::Member& member : *members) {
        const bool is_text = member.value.text() != nullptr;
        if (!is_text && member.value.object() == nullptr) continue;
        if (is_text && !begins_like_json(*member.value.text())) continue;
        const std::string key = below(prefix, member.key);
        const bool is_lifted = level == 0 && std::ranges::find(lifted_objects, key) != lifted_objects.end();
        if (!is_lifted && !leads_to_fields(key)) continue;
        if (auto inside = structure_in_text(member.value)) member.value = std::move(*inside);
        open_below(member.value, is_lifted ? std::string() : key, level + 1);
    }
}

}  // namespace

bool begins_like_json(std::string_view text) noexcept {
    if (text.empty() || !beginnings_of_json.contains(text.front())) return false;
    text = ascii::trimmed(text);
    return text.starts_with('[') || text.starts_with('{') || text.starts_with("\"[") || text.starts_with("\"{") ||
           text.starts_with("\"\\\"");
}

std::optional<Value> structure_in_text(const Value& value) {
    Value inside;
    const Value* holder = &value;
    for (unsigned i = 0; i < most_texts_within_texts; ++i) {
        if (holder->text() == nullptr || !begins_like_json(*holder->text())) return std::nullopt;
        auto parsed =
            model::parse_json(ascii::trimmed(*holder->text()), {.depth = deepest_text, .values = most_values_in_text});
        auto* found = std::get_if<Value>(&parsed);
        if (found == nullptr) return std::nullopt;
        inside = std::move(*found);
        if (inside.object() != nullptr || inside.array() != nullptr) return inside;
        holder = &inside;
    }
    return std::nullopt;
}

void open_json_texts(Value& object) { open_below(object, {}, 0); }

}  // namespace pinrelay::decode
