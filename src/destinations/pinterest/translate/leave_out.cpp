#include "leave_out.hpp"

#include <algorithm>
#include <span>

#include "destinations/pinterest/labels.hpp"
#include "gate.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

using model::Value;

bool is_empty(const Value& value) {
    return (value.is_object() && value.members().empty()) || (value.is_array() && value.items().empty());
}

std::string_view reason_of(const Field* field, const Value& value) {
    if (field == nullptr) return "left out: the schema has no such key";
    if (is_too_long(*field, value)) return "left out: longer than Pinterest takes";
    return "left out: not of the form that Pinterest takes";
}

class Repair {
public:
    Repair(model::Arena& arena, Notes& notes) : arena_(arena), notes_(notes) {}

    Value of_object(const Value& object, std::span<const Field> fields, const KeyPath* above) {
        FieldFinder rows(fields);
        model::GrowingList<Value::Member> kept(arena_);
        kept.reserve(object.members().size());
        for (const Value::Member& member : object.members()) {
            const Field* field = rows.find(member.key);
            const KeyPath place{above, member.key};
            if (field == nullptr)
                warn(field, member.value, place);
            else if (const auto left = of_key(*field, member.value, place))
                kept.push_back({member.key, *left});
        }
        return Value(kept.span());
    }

    std::optional<Value> of_key(const Field& field, const Value& value, const KeyPath& place) {
        const Value left = inside(field, value, place);
        if (field.required || (!is_empty(left) && flaw(field, left) == nullptr)) return left;
        warn(&field, left, place);
        return std::nullopt;
    }

private:
    Value inside(const Field& field, const Value& value, const KeyPath& place) {
        if (field.type == Type::Closed && value.is_object()) return of_object(value, field.fields.list(), &place);
        if (!value.is_array() || flaw(field, value) == nullptr) return value;
        if (field.type == Type::ClosedList) return of_objects(field, value.items(), place);
        if (field.type == Type::Texts || field.type == Type::Digests) return of_plain_list(field, value.items(), place);
        return value;
    }

    Value of_objects(const Field& field, Value::Array list, const KeyPath& place) {
        model::GrowingList<Value> kept(arena_);
        kept.reserve(list.size());
        for (const Value& each : list) {
            if (!each.is_object()) continue;
            const Value left = of_object(each, field.fields.list(), &place);
            if (!is_empty(left)) kept.push_back(left);
        }
        return Value(kept.span());
    }

    Value of_plain_list(const Field& field, Value::Array list, const KeyPath& place) {
        model::GrowingList<Value> kept(arena_);
        kept.reserve(list.size());
        for (const Value& each : list)
            if (flaw(field, Value(Value::Array(&each, 1))) == nullptr) kept.push_back(each);
        notes_.warn(warnings::field_too_long, place.text(), "entries that Pinterest does not take are left out");
        const auto most = std::min<std::uint64_t>(kept.size(), static_cast<std::uint64_t>(field.max));
        return Value(kept.span().first(most));
    }

    void warn(const Field* field, const Value& value, const KeyPath& place) {
        if (is_empty(value)) return;  // what it held has its warning, and nothing is lost with it
        const bool is_long = field != nullptr && is_too_long(*field, value);
        notes_.warn(is_long ? warnings::field_too_long : warnings::field_invalid, place.text(),
                    reason_of(field, value));
    }

    model::Arena& arena_;
    Notes& notes_;
};

}  // namespace

std::optional<Value> without_flaws(const Field& field, const Value& value, const KeyPath& place, model::Arena& arena,
                                   Notes& notes) {
    return Repair(arena, notes).of_key(field, value, place);
}

Value without_flaws(const Value& event, model::Arena& arena, Notes& notes) {
    return Repair(arena, notes).of_object(event, event_schema(), nullptr);
}

}  // namespace pinrelay::destinations::pinterest
