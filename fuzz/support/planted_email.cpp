#include "planted_email.hpp"

#include <algorithm>
#include <functional>

#include "pinrelay/model/value.hpp"

namespace pinrelay::fuzz {
namespace {

using model::Value;

constexpr const char* email = "jane.doe@example.com";

std::size_t count_texts(const Value& value) {
    std::size_t count = value.is_text() ? 1 : 0;
    for (const Value& item : value.items()) count += count_texts(item);
    for (const Value::Member& member : value.members()) count += count_texts(member.value);
    return count;
}

// The value with the e-mail address in the place of the text of that number; `left` counts down to it.
Value planted(const Value& value, std::size_t& left, model::Arena& arena) {
    if (value.is_text()) return left-- == 0 ? Value(email) : value;
    if (value.is_object())
        return model::with_values(value, arena, [&](const auto& member) { return planted(member.value, left, arena); });
    const auto items = arena.room<Value>(value.items().size());
    std::ranges::transform(value.items(), items.begin(), [&](const Value& item) { return planted(item, left, arena); });
    return value.is_array() ? Value(Value::Array(items)) : value;
}

}  // namespace

std::optional<http::Request> with_planted_email(http::Request request, std::string_view input) {
    model::Arena arena;
    const auto parsed = model::parse_json(request.body, arena);
    const auto* body = std::get_if<Value>(&parsed);
    const std::size_t texts = body == nullptr ? 0 : count_texts(*body);
    if (texts == 0) return std::nullopt;
    std::size_t chosen = std::hash<std::string_view>{}(input) % texts;
    request.body = model::to_json(planted(*body, chosen, arena));
    return request;
}

}  // namespace pinrelay::fuzz
