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

Value opened(const Value& object, const std::string& prefix, unsigned level, model::Arena& arena);

// What stands in the place of a member's value.
Value opened_member(const Value::Member& member, const std::string& prefix, unsigned level, model::Arena& arena) {
    const bool is_text = member.value.is_text();
    if (!is_text && !member.value.is_object()) return member.value;
    if (is_text && !begins_like_json(*member.value.text())) return member.value;
    const std::string key = below(prefix, member.key);
    const bool is_lifted = level == 0 && std::ranges::find(lifted_objects, key) != lifted_objects.end();
    if (!is_lifted && !leads_to_fields(key)) return member.value;
    const auto inside = structure_in_text(member.value, arena);
    return opened(inside ? *inside : member.value, is_lifted ? std::string() : key, level + 1, arena);
}

Value opened(const Value& object, const std::string& prefix, unsigned level, model::Arena& arena) {
    if (level == deepest_place) return object;
    return model::with_values(object, arena,
                              [&](const Value::Member& member) { return opened_member(member, prefix, level, arena); });
}

}  // namespace

bool begins_like_json(std::string_view text) noexcept {
    if (text.empty() || !beginnings_of_json.contains(text.front())) return false;
    text = ascii::trimmed(text);
    return text.starts_with('[') || text.starts_with('{') || text.starts_with("\"[") || text.starts_with("\"{") ||
           text.starts_with("\"\\\"");
}

std::optional<Value> structure_in_text(const Value& value, model::Arena& arena) {
    Value holder = value;
    for (unsigned i = 0; i < most_texts_within_texts; ++i) {
        if (!holder.is_text() || !begins_like_json(*holder.text())) return std::nullopt;
        const auto parsed = model::parse_json(ascii::trimmed(*holder.text()), arena,
                                              {.depth = deepest_text, .values = most_values_in_text});
        const auto* found = std::get_if<Value>(&parsed);
        if (found == nullptr) return std::nullopt;
        if (found->is_object() || found->is_array()) return *found;
        holder = *found;
    }
    return std::nullopt;
}

Value open_json_texts(const Value& object, model::Arena& arena) { return opened(object, {}, 0, arena); }

}  // namespace pinrelay::decode
