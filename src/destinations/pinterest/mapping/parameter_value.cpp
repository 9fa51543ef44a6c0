#include "parameter_value.hpp"

#include "destinations/pinterest/json_object.hpp"
#include "pinrelay/core/decimal.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

using model::Value;

std::optional<Value> as_text(const Value& value) {
    const auto text = value.scalar_text();
    return text ? std::optional(Value(*text)) : std::nullopt;
}

std::optional<Value> as_decimal(const Value& value, model::Arena& arena) {
    const auto text = value.scalar_text();
    const auto number = text ? Decimal::parse(*text) : std::nullopt;
    return number ? std::optional(Value(arena.copy(number->text()))) : std::nullopt;
}

std::optional<Value> as_whole(const Value& value, model::Arena& arena) {
    const auto text = value.scalar_text();
    const auto number = text ? Decimal::parse(*text) : std::nullopt;
    const auto whole = number ? number->whole() : std::nullopt;
    return whole ? std::optional(whole_number(*whole, arena)) : std::nullopt;
}

std::optional<Value> as_boolean(const Value& value) {
    const auto text = value.scalar_text();
    if (text == "true" || text == "1") return Value(true);
    if (text == "false" || text == "0") return Value(false);
    return std::nullopt;
}

std::optional<Value> as_texts(const Value& value, model::Arena& arena) {
    const auto texts = texts_of(value);
    if (!texts) return std::nullopt;
    model::GrowingList<Value> list(arena);
    list.reserve(texts->size());
    for (const std::string_view text : *texts) list.push_back(Value(text));
    return Value(list.span());
}

}  // namespace

std::optional<model::Texts> texts_of(const Value& value) {
    const auto single = value.scalar_text();
    if (!single && !value.is_array()) return std::nullopt;
    std::optional<model::Texts> texts(std::in_place);
    if (single) texts->push_back(*single);
    for (const Value& member : value.items()) {
        if (member.is_null()) continue;
        const auto text = member.scalar_text();
        if (!text) return std::nullopt;
        texts->push_back(*text);
    }
    return texts;
}

std::optional<Value> converted(const Value& value, Type type, model::Arena& arena) {
    switch (type) {
        case Type::Text:
        case Type::Name:
        case Type::Choice: return as_text(value);
        case Type::Decimal: return as_decimal(value, arena);
        case Type::Whole: return as_whole(value, arena);
        case Type::Boolean: return as_boolean(value);
        case Type::Texts:
        case Type::Digests: return as_texts(value, arena);
        case Type::Closed:
        case Type::ClosedList: return value;
    }
    return std::nullopt;
}

}  // namespace pinrelay::destinations::pinterest
