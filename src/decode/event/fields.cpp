#include "fields.hpp"

#include <algorithm>

#include "consent.hpp"
#include "decode/text/scalar.hpp"
#include "pinrelay/core/ascii.hpp"

namespace pinrelay::decode {
namespace {

using model::Value;

// Objects whose members stand for the event's own, in order of precedence.
constexpr std::array<std::string_view, 3> lifted = {"eventModel", "ecommerce", "custom_data"};
constexpr unsigned precedences_per_scope = lifted.size() + 1;
constexpr unsigned aliases_per_precedence = std::tuple_size_v<decltype(Aliases::paths)>;

// No person has more, and comparing each with each must stay cheap.
constexpr std::size_t most_texts = 100;

bool is_structure(const Value& value) {
    if (const Value::Array* items = value.array()) return !items->empty();
    if (const Value::Object* members = value.object()) return !members->empty();
    const std::string* text = value.text();
    return text != nullptr && (ascii::trimmed(*text).starts_with('[') || ascii::trimmed(*text).starts_with('{'));
}

bool says_something(const Value& value, Kind kind) {
    if (kind == Kind::Scalar) return is_present(value);
    if (kind == Kind::Structure) return is_structure(value);
    if (const Value::Array* items = value.array()) return std::ranges::any_of(*items, is_present);
    return is_present(value);
}

}  // namespace

void Fields::read(const Value& object, unsigned scope, std::string_view prefix) {
    key_ = prefix;
    read_members(object, scope * precedences_per_scope, prefix.size());
}

void Fields::read_members(const Value& object, unsigned precedence, std::size_t prefix) {
    const Value::Object* members = object.object();
    if (members == nullptr) return;
    for (const Value::Member& member : *members) {
        if (member.value.is_null()) continue;
        key_.resize(prefix);
        if (prefix != 0) key_ += '_';
        std::ranges::transform(member.key, std::back_inserter(key_), flattened_character);
        read_member(member.value, precedence);
    }
}

// The depth of this recursion is that of the alias paths: only objects that a path leads through are entered.
void Fields::read_member(const Value& value, unsigned precedence) {
    if (key_.starts_with("x_ga_")) has_container_keys_ = true;
    if (const Meaning* meaning = find_meaning(key_)) {
        if (meaning->is_field) take(*meaning, value, precedence);
        if (meaning->is_container) read_members(value, precedence, key_.size());
        return;
    }
    if (precedence % precedences_per_scope != 0) return;  // nothing is lifted twice
    for (unsigned i = 0; i < lifted.size(); ++i) {
        if (!key_.starts_with(lifted[i])) continue;
        if (key_.size() == lifted[i].size()) return read_members(value, precedence + i + 1, 0);
        if (key_[lifted[i].size()] != '_') continue;
        if (const Meaning* meaning = find_meaning(std::string_view(key_).substr(lifted[i].size() + 1))) {
            if (meaning->is_field) take(*meaning, value, precedence + i + 1);
            return;
        }
    }
}

void Fields::take(const Meaning& meaning, const Value& value, unsigned precedence) {
    if (meaning.kind == Kind::Consent) return add_consent(consent_, meaning.field, value);
    Found& found = found_[static_cast<std::size_t>(meaning.field)];
    const auto rank = static_cast<std::uint16_t>(precedence * aliases_per_precedence + meaning.rank);
    if (found.value != nullptr && found.rank < rank) return;
    if (!says_something(value, meaning.kind)) return;
    found = {&value, rank};
}

const Value* Fields::find(Field field) const noexcept { return found_[static_cast<std::size_t>(field)].value; }

std::optional<std::string> Fields::text(Field field) const {
    const Value* value = find(field);
    return value == nullptr ? std::nullopt : value->scalar_text();
}

std::vector<std::string> Fields::texts(Field field) const {
    std::vector<std::string> result;
    const Value* value = find(field);
    if (value == nullptr) return result;
    const auto add = [&result](const Value& one) {
        if (result.size() == most_texts) return;
        std::optional<std::string> text = present_text(one);
        if (text && std::ranges::find(result, *text) == result.end()) result.push_back(std::move(*text));
    };
    if (const Value::Array* items = value->array()) {
        std::ranges::for_each(*items, add);
    } else {
        add(*value);
    }
    return result;
}

std::optional<bool> Fields::boolean(Field field) const {
    const Value* value = find(field);
    return value == nullptr ? std::nullopt : truth(*value);
}

}  // namespace pinrelay::decode
