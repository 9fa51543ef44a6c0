#include "parameter_value.hpp"

#include "destinations/pinterest/json_object.hpp"
#include "pinrelay/core/decimal.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

using model::Value;

std::optional<Value> as_text(const Value& value) {
    auto text = value.scalar_text();
    return text ? std::optional(Value(std::move(*text))) : std::nullopt;
}

std::optional<Value> as_decimal(const Value& value) {
    const auto text = value.scalar_text();
    const auto number = text ? Decimal::parse(*text) : std::nullopt;
    return number ? std::optional(Value(number->text())) : std::nullopt;
}

std::optional<Value> as_whole(const Value& value) {
    const auto text = value.scalar_text();
    const auto number = text ? Decimal::parse(*text) : std::nullopt;
    const auto whole = number ? number->whole() : std::nullopt;
    return whole ? std::optional(whole_number(*whole)) : std::nullopt;
}

std::optional<Value> as_boolean(const Value& value) {
    const auto text = value.scalar_text();
    if (text == "true" || text == "1") return Value(true);
    if (text == "false" || text == "0") return Value(false);
    return std::nullopt;
}

std::optional<Value> as_texts(const Value& value) {
    auto texts = texts_of(value);
    return texts ? std::optional(text_list(std::move(*texts))) : std::nullopt;
}

}  // namespace

std::optional<std::vector<std::string>> texts_of(const Value& value) {
    if (auto text = value.scalar_text()) return std::vector<std::string>{std::move(*text)};
    if (value.array() == nullptr) return std::nullopt;
    std::vector<std::string> texts;
    for (const auto& member : *value.array()) {
        if (member.is_null()) continue;
        auto text = member.scalar_text();
        if (!text) return std::nullopt;
        texts.push_back(std::move(*text));
    }
    return texts;
}

std::optional<Value> converted(const Value& value, Type type) {
    switch (type) {
        case Type::Text:
        case Type::Name:
        case Type::Choice: return as_text(value);
        case Type::Decimal: return as_decimal(value);
        case Type::Whole: return as_whole(value);
        case Type::Boolean: return as_boolean(value);
        case Type::Texts:
        case Type::Digests: return as_texts(value);
        case Type::Closed:
        case Type::ClosedList: return value;
    }
    return std::nullopt;
}

}  // namespace pinrelay::destinations::pinterest
