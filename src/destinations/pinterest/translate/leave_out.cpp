#include "leave_out.hpp"

#include <algorithm>
#include <string>

#include "destinations/pinterest/key_path.hpp"
#include "destinations/pinterest/labels.hpp"
#include "destinations/pinterest/schema.hpp"
#include "gate.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

using model::Value;

bool is_empty(const Value& value) {
    if (const Object* object = value.object()) return object->empty();
    return value.array() != nullptr && value.array()->empty();
}

class Repair {
public:
    explicit Repair(Notes& notes) : notes_(notes) {}

    void of(Object& object, std::span<const Field> fields, const KeyPath* above) {
        FieldFinder rows(fields);
        for (Value::Member& member : object)
            if (const Field* field = rows.find(member.key)) repair_inside(*field, member.value, {above, member.key});
        std::erase_if(object, [&, again = FieldFinder(fields)](const Value::Member& member) mutable {
            const Field* field = again.find(member.key);
            if (field != nullptr && (field->required || fits(*field, member.value))) return false;
            warn(field, member.value, {above, member.key});
            return true;
        });
    }

private:
    static bool is_nested(const Field& field) { return !field.fields.list().empty(); }

    static bool is_plain_list(const Field& field) { return field.type == Type::Texts || field.type == Type::Digests; }

    // What is inside of objects and lists has been repaired by then.
    static bool fits(const Field& field, const Value& value) {
        const bool is_list = field.type != Type::Closed && (is_nested(field) || is_plain_list(field));
        if (!is_list && !is_nested(field)) return flaw(field, value) == nullptr;
        const bool has_type = is_list ? value.array() != nullptr : value.object() != nullptr;
        return has_type && !is_empty(value);
    }

    void repair_inside(const Field& field, Value& value, const KeyPath& place) {
        if (Object* object = value.object(); object != nullptr && field.type == Type::Closed)
            return of(*object, field.fields.list(), &place);
        auto* list = value.array();
        if (list == nullptr) return;
        if (field.type == Type::ClosedList) {
            for (Value& each : *list)
                if (Object* object = each.object()) of(*object, field.fields.list(), &place);
            std::erase_if(*list, [](const Value& each) { return each.object() == nullptr || is_empty(each); });
        } else if (is_plain_list(field) && flaw(field, value) != nullptr) {
            repair_plain_list(field, value, place);
        }
    }

    void repair_plain_list(const Field& field, Value& value, const KeyPath& place) {
        auto& list = *value.array();
        std::erase_if(list, [&](const Value& each) { return flaw(field, Value(Value::Array{each})) != nullptr; });
        if (is_too_long(field, value)) list.resize(static_cast<std::size_t>(field.max));
        notes_.warn(warnings::field_too_long, place.text(), "entries that Pinterest does not take are left out");
    }

    void warn(const Field* field, const Value& value, const KeyPath& place) {
        if (is_empty(value)) return;  // what it held has its warning, and nothing is lost with it
        if (field == nullptr)
            notes_.warn(warnings::field_invalid, place.text(), "left out: the schema has no such key");
        else if (is_too_long(*field, value))
            notes_.warn(warnings::field_too_long, place.text(), "left out: longer than Pinterest takes");
        else
            notes_.warn(warnings::field_invalid, place.text(), "left out: not of the form that Pinterest takes");
    }

    Notes& notes_;
};

}  // namespace

void leave_out_flaws(Object& event, Notes& notes) { Repair(notes).of(event, event_schema(), nullptr); }

}  // namespace pinrelay::destinations::pinterest
