#include "gate.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

#include "destinations/pinterest/labels.hpp"
#include "destinations/pinterest/mapping/event_names.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/core/decimal.hpp"
#include "pinrelay/core/utf8.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

using destination::Drop;
using model::Value;

constexpr std::size_t digest_length = 64;

constexpr ascii::Set digest_figures("0123456789abcdef");

struct Flaw {
    std::string field;
    std::string_view message;
};

// Characters, as JSON schema counts them. A byte that is no UTF-8 is written as one.
std::int64_t characters(std::string_view text) {
    std::int64_t count = 0;
    for (; !text.empty(); ++count) text.remove_prefix(std::max<std::size_t>(utf8_length(text), 1));
    return count;
}

// Most texts have fewer bytes than may be characters.
bool has_more_characters(std::string_view text, std::int64_t max) {
    return static_cast<std::int64_t>(text.size()) > max && characters(text) > max;
}

bool is_text(const Value& value) { return value.is_text() && !value.text()->empty(); }

bool is_digest(const Value& value) {
    const auto text = value.text();
    return text && text->size() == digest_length &&
           std::ranges::all_of(*text, [](char c) { return digest_figures.contains(c); });
}

bool is_decimal(std::string_view text) {
    const auto number = Decimal::parse(text);
    return number && !number->is_negative() && number->text() == text;
}

const char* text_flaw(const Field& field, const Value& value) {
    if (!is_text(value)) return "must be a text and not empty";
    return has_more_characters(*value.text(), field.max) ? "is too long" : nullptr;
}

const char* whole_flaw(const Field& field, const Value& value) {
    const auto number = value.number();
    std::int64_t whole = 0;
    if (!number) return "must be a whole number";
    const char* end = number->data() + number->size();
    const auto [stop, error] = std::from_chars(number->data(), end, whole);
    if (error != std::errc() || stop != end) return "must be a whole number";
    return whole < field.min || whole > field.max ? "is out of bounds" : nullptr;
}

const char* choice_flaw(const Field& field, const Value& value) {
    const bool known = is_text(value) && std::ranges::find(field.choices, *value.text()) != field.choices.end();
    return known ? nullptr : "is none of the texts that may stand there";
}

const char* list_flaw(const Field& field, const Value& value, bool (*is_member)(const Value&), const char* message) {
    const Value::Array list = value.items();
    if (list.empty() || !std::ranges::all_of(list, is_member)) return message;
    return static_cast<std::int64_t>(list.size()) > field.max ? "has too many entries" : nullptr;
}

// One level of the event; the schema itself bounds the depth.
std::optional<Flaw> object_flaw(std::span<const Field> fields, Value::Object members);

std::optional<Flaw> nested_flaw(const Field& field, const Value& value) {
    const auto below = [&](std::optional<Flaw> found) {
        if (found) found->field = std::string(field.key) + "." + found->field;
        return found;
    };
    if (field.type == Type::Closed) {
        if (!value.is_object()) return Flaw{std::string(field.key), "must be an object"};
        return below(object_flaw(field.fields.list(), value.members()));
    }
    if (field.type == Type::ClosedList) {
        if (value.items().empty()) return Flaw{std::string(field.key), "must be a list and not empty"};
        for (const Value& member : value.items()) {
            if (member.members().empty()) return Flaw{std::string(field.key), "must hold objects only, and none empty"};
            if (auto found = object_flaw(field.fields.list(), member.members())) return below(std::move(found));
        }
        return std::nullopt;
    }
    const char* message = flaw(field, value);
    return message == nullptr ? std::nullopt : std::optional(Flaw{std::string(field.key), message});
}

// What is required and absent, where fewer such keys were found than there are.
std::optional<Flaw> missing(std::span<const Field> fields, Value::Object members, std::size_t required_found) {
    const auto required = std::ranges::count_if(fields, [](const Field& f) { return f.required; });
    if (required_found >= static_cast<std::size_t>(required)) return std::nullopt;
    for (const auto& field : fields) {
        const bool there = std::ranges::any_of(members, [&](const auto& m) { return m.key == field.key; });
        if (field.required && !there) return Flaw{std::string(field.key), "is required"};
    }
    return std::nullopt;
}

std::optional<Flaw> object_flaw(std::span<const Field> fields, Value::Object members) {
    std::size_t required_found = 0;
    FieldFinder rows(fields);
    for (const Value::Member& member : members) {
        const Field* field = rows.find(member.key);
        if (field == nullptr) return Flaw{std::string(member.key), "is no key of the schema"};
        if (auto found = nested_flaw(*field, member.value)) return found;
        required_found += field->required ? 1 : 0;
    }
    return missing(fields, members, required_found);
}

// Pinterest's own rule: an e-mail, an advertising id, or address and user agent together. Phone, names, external id
// and click id do not satisfy it. Why the event breaks it; "" where it does not.
std::string_view problem_of(const MatchKeys& keys) {
    if (keys.person || (keys.address && keys.agent)) return "";
    if (keys.address) return "neither an e-mail nor an advertising id, and an address without a user agent";
    if (keys.agent) return "neither an e-mail nor an advertising id, and a user agent without a usable address";
    return "neither an e-mail nor an advertising id nor both address and user agent";
}

}  // namespace

void MatchKeys::note(std::string_view key) noexcept {
    person = person || key == "em" || key == "hashed_maids";
    address = address || key == "client_ip_address";
    agent = agent || key == "client_user_agent";
}

const char* flaw(const Field& field, const Value& value) {
    switch (field.type) {
        case Type::Text: return text_flaw(field, value);
        case Type::Name: return value.is_text() && is_sendable_name(*value.text()) ? nullptr : "is no event name";
        case Type::Decimal: return value.is_text() && is_decimal(*value.text()) ? nullptr : "must be decimal text";
        case Type::Whole: return whole_flaw(field, value);
        case Type::Boolean: return value.is_boolean() ? nullptr : "must be true or false";
        case Type::Choice: return choice_flaw(field, value);
        case Type::Texts: return list_flaw(field, value, is_text, "must be a list of texts");
        case Type::Digests: return list_flaw(field, value, is_digest, "must be a list of SHA-256 digests");
        case Type::Closed:
        case Type::ClosedList: return nested_flaw(field, value) ? "does not fit the schema" : nullptr;
    }
    return "has no type";
}

bool is_too_long(const Field& field, const Value& value) {
    if (value.is_array()) return static_cast<std::int64_t>(value.items().size()) > field.max;
    return field.type == Type::Text && value.is_text() && has_more_characters(*value.text(), field.max);
}

Drop refused_for(std::string_view field, std::string_view message) {
    return {drops::schema, std::string(field), std::string(message)};
}

std::optional<Drop> refusal_of(const MatchKeys& keys) {
    const std::string_view problem = problem_of(keys);
    if (problem.empty()) return std::nullopt;
    return Drop{drops::no_match_keys, "user_data", std::string(problem)};
}

std::optional<Drop> refusal(const Value& event) {
    if (auto found = object_flaw(event_schema(), event.members())) return refused_for(found->field, found->message);
    MatchKeys keys;
    for (const Value::Member& member : event.find("user_data")->members()) keys.note(member.key);
    return refusal_of(keys);
}

}  // namespace pinrelay::destinations::pinterest
