#include "sweep.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "destinations/pinterest/key_path.hpp"
#include "destinations/pinterest/labels.hpp"
#include "pinrelay/identity/digest.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

using model::Value;

// Made by functions that look for clear text themselves.
constexpr std::array<std::string_view, 2> clean_already = {"event_id", "event_source_url"};

constexpr std::array<std::string_view, 3> ids = {"custom_data.order_id", "custom_data.content_ids",
                                                 "custom_data.contents.id"};

constexpr std::string_view holder_of_digests = "user_data";

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& list, const KeyPath& place) {
    return std::ranges::any_of(list, [&](std::string_view path) { return place.is(path); });
}

class Sweeper {
public:
    Sweeper(const KnownPerson& person, Notes& notes) : person_(person), notes_(notes) {}

    void sweep(Object& object, const KeyPath* above) {
        for (Value::Member& member : object) clean(member.value, {above, member.key});
        std::erase_if(object, [](const Value::Member& member) { return member.value.is_null(); });
    }

private:
    // Null takes the place of what has to go: a finished event holds none.
    void clean(Value& value, const KeyPath& place) {
        if (is_one_of(clean_already, place)) return;
        if (Object* object = value.object()) return sweep(*object, &place);
        if (auto* list = value.array()) return clean_list(value, *list, place);
        if (value.text() != nullptr && holds_clear_text(*value.text(), person_)) replace(value, place);
    }

    void clean_list(Value& value, Value::Array& list, const KeyPath& place) {
        if (place.above != nullptr && place.above->is(holder_of_digests)) return;
        for (Value& each : list) clean(each, place);
        std::erase_if(list, [](const Value& each) { return each.is_null(); });
        if (list.empty()) value = Value();
    }

    void replace(Value& value, const KeyPath& place) {
        if (is_one_of(ids, place)) {
            notes_.warn(warnings::clear_text_removed, place.text(), "a person's data; its digest stands for it");
            value = Value(identity::sha256_hex(*value.text()));
            return;
        }
        notes_.warn(warnings::clear_text_removed, place.text(), "left out: it holds a person's data");
        value = Value();
    }

    const KnownPerson& person_;
    Notes& notes_;
};

}  // namespace

void sweep_clear_text(Object& finished, const KnownPerson& person, Notes& notes) {
    Sweeper(person, notes).sweep(finished, nullptr);
}

}  // namespace pinrelay::destinations::pinterest
