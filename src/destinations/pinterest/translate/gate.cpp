#include "gate.hpp"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <string>
#include <utility>

#include "destinations/pinterest/labels.hpp"
#include "destinations/pinterest/mapping/event_names.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/core/decimal.hpp"

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

// Characters, as JSON schema counts them: bytes that do not continue one.
std::int64_t characters(std::string_view text) {
    return std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

// Most texts have fewer bytes than may be characters.
bool has_more_characters(std::string_view text, std::int64_t max) {
    return static_cast<std::int64_t>(text.size()) > max && characters(text) > max;
}

bool is_text(const Value& value) { return value.text() != nullptr && !value.text()->empty(); }

bool is_digest(const Value& value) {
    const std::string* text = value.text();
    return text != nullptr && text->size() == digest_length &&
           std::ranges::all_of(*text, [](char c) { return digest_figures.contains(c); });
}

bool is_decimal(const std::string& text) {
    const auto number = Decimal::parse(text);
    return number && !number->is_negative() && number->text() == text;
}

const char* text_flaw(const Field& field, const Value& value) {
    if (!is_text(value)) return "must be a text and not empty";
    return has_more_characters(*value.text(), field.max) ? "is too long" : nullptr;
}

const char* whole_flaw(const Field& field, const Value& value) {
    const auto* number = value.number();
    std::int64_t whole = 0;
    if (number == nullptr) return "must be a whole number";
    const char* end = number->text.data() + number->text.size();
    const auto [stop, error] = std::from_chars(number->text.data(), end, whole);
    if (error != std::errc() || stop != end) return "must be a whole number";
    return whole < field.min || whole > field.max ? "is out of bounds" : nullptr;
}

const char* choice_flaw(const Field& field, const Value& value) {
    const bool known = is_text(value) && std::ranges::find(field.choices, *value.text()) != field.choices.end();
    return known ? nullptr : "is none of the texts that may stand there";
}

const char* list_flaw(const Field& field, const Value& value, bool (*is_member)(const Value&), const char* message) {
    const auto* list = value.array();
    const bool good = list != nullptr && !list->empty() && std::ranges::all_of(*list, is_member);
    if (!good) return message;
    return static_cast<std::int64_t>(list->size()) > field.max ? "has too many entries" : nullptr;
}

// One level of the event; the schema itself bounds the depth.
std::optional<Flaw> object_flaw(std::span<const Field> fields, const Object& object);

std::optional<Flaw> nested_flaw(const Field& field, const Value& value) {
    const auto below = [&](std::optional<Flaw> found) {
        if (found) found->field = std::string(field.key) + "." + found->field;
        return found;
    };
    if (field.type == Type::Closed) {
        if (value.object() == nullptr) return Flaw{std::string(field.key), "must be an object"};
        return below(object_flaw(field.fields.list(), *value.object()));
    }
    if (field.type == Type::ClosedList) {
        const auto* list = value.array();
        if (list == nullptr || list->empty()) return Flaw{std::string(field.key), "must be a list and not empty"};
        for (const auto& member : *list) {
            if (member.object() == nullptr) return Flaw{std::string(field.key), "must hold objects only"};
            if (auto found = object_flaw(field.fields.list(), *member.object())) return below(std::move(found));
        }
        return std::nullopt;
    }
    const char* message = flaw(field, value);
    return message == nullptr ? std::nullopt : std::optional(Flaw{std::string(field.key), message});
}

// What is required and absent, where fewer such keys were found than there are.
std::optional<Flaw> missing(std::span<const Field> fields, const Object& object, std::size_t required_found) {
    const auto required = std::ranges::count_if(fields, [](const Field& f) { return f.required; });
    if (required_found >= static_cast<std::size_t>(required)) return std::nullopt;
    for (const auto& field : fields) {
        const bool there = std::ranges::any_of(object, [&](const auto& m) { return m.key == field.key; });
        if (field.required && !there) return Flaw{std::string(field.key), "is required"};
    }
    return std::nullopt;
}

std::optional<Flaw> object_flaw(std::span<const Field> fields, const Object& object) {
    std::size_t required_found = 0;
    FieldFinder rows(fields);
    for (const auto& member : object) {
        const Field* field = rows.find(member.key);
        if (field == nullptr) return Flaw{member.key, "is no key of the schema"};
        if (auto found = nested_flaw(*field, member.value)) return found;
        required_found += field->required ? 1 : 0;
    }
    return missing(fields, object, required_found);
}

// Pinterest's own rule: an e-mail, an advertising id, or address and user agent together. Phone, names, external id
// and click id do not satisfy it. Why the event breaks it; "" where it does not.
std::string_view problem_of_match_keys(const Object& event) {
    const auto user_data = std::ranges::find_if(event, [](const auto& member) { return member.key == "user_data"; });
    const auto has = [&](std::string_view key) {
        return user_data != event.end() && user_data->value.find(key) != nullptr;
    };
    const bool has_address = has("client_ip_address");
    const bool has_agent = has("client_user_agent");
    if (has("em") || has("hashed_maids") || (has_address && has_agent)) return "";
    if (has_address) return "neither an e-mail nor an advertising id, and an address without a user agent";
    if (has_agent) return "neither an e-mail nor an advertising id, and a user agent without a usable address";
    return "neither an e-mail nor an advertising id nor both address and user agent";
}

Drop dropped_for(Flaw flaw) { return {drops::schema, std::move(flaw.field), std::string(flaw.message)}; }

std::optional<Drop> refusal_for_match_keys(const Object& event) {
    const auto problem = problem_of_match_keys(event);
    return problem.empty() ? std::nullopt
                           : std::optional(Drop{drops::no_match_keys, "user_data", std::string(problem)});
}

}  // namespace

const char* flaw(const Field& field, const Value& value) {
    switch (field.type) {
        case Type::Text: return text_flaw(field, value);
        case Type::Name:
            return value.text() != nullptr && is_sendable_name(*value.text()) ? nullptr : "is no event name";
        case Type::Decimal:
            return value.text() != nullptr && is_decimal(*value.text()) ? nullptr : "must be decimal text";
        case Type::Whole: return whole_flaw(field, value);
        case Type::Boolean: return value.boolean() != nullptr ? nullptr : "must be true or false";
        case Type::Choice: return choice_flaw(field, value);
        case Type::Texts: return list_flaw(field, value, is_text, "must be a list of texts");
        case Type::Digests: return list_flaw(field, value, is_digest, "must be a list of SHA-256 digests");
        case Type::Closed:
        case Type::ClosedList: return nested_flaw(field, value) ? "does not fit the schema" : nullptr;
    }
    return "has no type";
}

bool is_too_long(const Field& field, const Value& value) {
    if (const auto* list = value.array()) return static_cast<std::int64_t>(list->size()) > field.max;
    return field.type == Type::Text && value.text() != nullptr && has_more_characters(*value.text(), field.max);
}

std::optional<Drop> refusal(const Object& event) {
    if (auto found = object_flaw(event_schema(), event)) return dropped_for(std::move(*found));
    return refusal_for_match_keys(event);
}

std::optional<Drop> refusal_of_repaired(const Object& event) {
    FieldFinder rows(event_schema());
    std::size_t required_found = 0;
    for (const auto& member : event) {
        const Field* field = rows.find(member.key);
        if (field == nullptr || !field->required) continue;
        ++required_found;
        if (field->type == Type::Closed && member.value.object() != nullptr) continue;
        if (auto found = nested_flaw(*field, member.value)) return dropped_for(std::move(*found));
    }
    if (auto found = missing(event_schema(), event, required_found)) return dropped_for(std::move(*found));
    auto refused = refusal_for_match_keys(event);
    assert(refused.has_value() == refusal(event).has_value());
    return refused;
}

}  // namespace pinrelay::destinations::pinterest
