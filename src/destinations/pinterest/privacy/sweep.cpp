#include "sweep.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "clear_text.hpp"
#include "destinations/pinterest/labels.hpp"
#include "pinrelay/identity/digest.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

using model::Value;

// Made by functions that look for clear text themselves.
constexpr std::array<std::string_view, 2> clean_already = {"event_id", "event_source_url"};

constexpr std::array<std::string_view, 3> ids = {"custom_data.order_id", "custom_data.content_ids",
                                                 "custom_data.contents.id"};

constexpr std::string_view lists_of_digests = "user_data.";

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& list, std::string_view path) {
    return std::ranges::find(list, path) != list.end();
}

class Sweeper {
public:
    Sweeper(const KnownPerson& person, WarningList& warnings) : person_(person), warnings_(warnings) {}

    void sweep(Object& object, const std::string& prefix) {
        for (Value::Member& member : object) clean(member.value, prefix + member.key);
        std::erase_if(object, [](const Value::Member& member) { return member.value.is_null(); });
    }

private:
    // Null takes the place of what has to go: a finished event holds none.
    void clean(Value& value, const std::string& path) {
        if (is_one_of(clean_already, path)) return;
        if (Object* object = value.object()) return sweep(*object, path + ".");
        if (auto* list = value.array()) return clean_list(value, *list, path);
        if (value.text() != nullptr && is_clear_text(*value.text())) replace(value, path);
    }

    void clean_list(Value& value, Value::Array& list, const std::string& path) {
        if (path.starts_with(lists_of_digests)) return;
        for (Value& each : list) clean(each, path);
        std::erase_if(list, [](const Value& each) { return each.is_null(); });
        if (list.empty()) value = Value();
    }

    void replace(Value& value, const std::string& path) {
        if (is_one_of(ids, path)) {
            warnings_.add(warnings::clear_text_removed, path, "a person's data; its digest stands for it");
            value = Value(identity::sha256_hex(*value.text()));
            return;
        }
        warnings_.add(warnings::clear_text_removed, path, "left out: it holds a person's data");
        value = Value();
    }

    bool is_clear_text(const std::string& text) const {
        return holds_email(text) || holds_phone(text) || person_.has_phone_in(text);
    }

    const KnownPerson& person_;
    WarningList& warnings_;
};

}  // namespace

void sweep_clear_text(Object& finished, const KnownPerson& person, WarningList& warnings) {
    Sweeper(person, warnings).sweep(finished, "");
}

}  // namespace pinrelay::destinations::pinterest
