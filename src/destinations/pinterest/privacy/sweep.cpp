#include "sweep.hpp"

#include <algorithm>

#include "destinations/pinterest/json_object.hpp"
#include "destinations/pinterest/labels.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

using model::Value;

bool is_clean(const Value& value, const KnownPerson& person) {
    if (const auto text = value.text()) return !holds_clear_text(*text, person);
    return std::ranges::all_of(value.items(), [&](const Value& each) { return is_clean(each, person); }) &&
           std::ranges::all_of(value.members(), [&](const auto& member) { return is_clean(member.value, person); });
}

// Goes through a value of which something has to go.
class Sweeper {
public:
    Sweeper(const KnownPerson& person, model::Arena& arena, Notes& notes)
        : person_(person), arena_(arena), notes_(notes) {}

    std::optional<Value> swept(const Field& field, const Value& value, const KeyPath& place) {
        if (const auto text = value.text())
            return holds_clear_text(*text, person_) ? in_place_of(field, *text, place) : value;
        if (value.is_array()) return swept_list(field, value.items(), place);
        if (value.is_object()) return swept_object(field, value, place);
        return value;
    }

private:
    std::optional<Value> swept_list(const Field& field, Value::Array list, const KeyPath& place) {
        model::GrowingList<Value> kept(arena_);
        for (const Value& each : list)
            if (const auto clean = swept(field, each, place)) kept.push_back(*clean);
        return kept.empty() ? std::nullopt : std::optional(Value(kept.span()));
    }

    std::optional<Value> swept_object(const Field& field, const Value& object, const KeyPath& place) {
        FieldFinder rows(field.fields.list());
        model::GrowingList<Value::Member> kept(arena_);
        for (const Value::Member& member : object.members()) {
            const Field* row = rows.find(member.key);
            if (const auto clean = swept(row == nullptr ? field : *row, member.value, {&place, member.key}))
                kept.push_back({member.key, *clean});
        }
        return kept.empty() ? std::nullopt : std::optional(Value(kept.span()));
    }

    std::optional<Value> in_place_of(const Field& field, std::string_view text, const KeyPath& place) {
        if (field.personal == Personal::Hashed) {
            notes_.warn(warnings::clear_text_removed, place.text(), "a person's data; its digest stands for it");
            return Value(sha256_of(text, arena_));
        }
        notes_.warn(warnings::clear_text_removed, place.text(), "left out: it holds a person's data");
        return std::nullopt;
    }

    const KnownPerson& person_;
    model::Arena& arena_;
    Notes& notes_;
};

}  // namespace

std::optional<Value> without_clear_text(const Field& field, const Value& value, const KeyPath& place,
                                        const KnownPerson& person, model::Arena& arena, Notes& notes) {
    if (field.personal == Personal::Cleaned || is_clean(value, person)) return value;
    return Sweeper(person, arena, notes).swept(field, value, place);
}

}  // namespace pinrelay::destinations::pinterest
