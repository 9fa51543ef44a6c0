#include "wire_event.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "decode/text/dotted_object.hpp"
#include "wire_item.hpp"
#include "wire_keys.hpp"
#include "wire_people.hpp"

namespace pinrelay::decode {
namespace {

using model::Value;

constexpr std::size_t most_people_paths = 200;
constexpr std::size_t most_item_digits = 4;
constexpr std::string_view people_prefix = "user_data.";

// What stands behind a prefix such as "ep."; empty where the key has none of it.
std::string_view behind(std::string_view key, std::string_view prefix) noexcept {
    return key.starts_with(prefix) ? key.substr(prefix.size()) : std::string_view{};
}

// The number of a product key, "pr12".
std::optional<unsigned> item_number(std::string_view key) noexcept {
    const std::string_view digits = behind(key, "pr");
    if (digits.empty() || digits.size() > most_item_digits) return std::nullopt;
    unsigned number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return number;
}

// Writers disagree on which parameters are numbers, so a text that is none stays a text.
Value number_or_text(const std::string& text) {
    auto parsed = model::parse_json(text, {.values = 1});
    auto* value = std::get_if<Value>(&parsed);
    if (value != nullptr && value->number() != nullptr) return std::move(*value);
    return Value(text);
}

class WireEvent {
public:
    void read(const Pair& pair) {
        const std::string_view key = pair.key;
        if (const auto name = behind(key, "ep."); !name.empty()) return read_parameter(name, Value(pair.value));
        if (const auto name = behind(key, "epn."); !name.empty())
            return read_parameter(name, number_or_text(pair.value));
        if (const auto name = behind(key, "up."); !name.empty()) return read_property(name, Value(pair.value));
        if (const auto name = behind(key, "upn."); !name.empty())
            return read_property(name, number_or_text(pair.value));
        if (const auto number = item_number(key)) return read_item(*number, pair.value);
        if (key == "em") return add_hashed_people(people_, pair.value);
        if (std::ranges::find(wire_noise, key) != wire_noise.end()) return;
        read_protocol_key(key, pair.value);
    }

    Value finish() {
        std::move(own_.begin(), own_.end(), std::back_inserter(members_));
        if (!people_.empty()) add("user_data", people_.take());
        if (!properties_.empty()) add("user_properties", Value(std::move(properties_)));
        if (!items_.empty()) add("items", Value(read_items()));
        return Value(std::move(members_));
    }

private:
    void read_parameter(std::string_view name, Value value) {
        if (const auto path = behind(name, people_prefix); !path.empty()) return people_.set(path, std::move(value));
        add(name, std::move(value));
    }

    void read_property(std::string_view name, Value value) {
        properties_.push_back({std::string(name), Value(Value::Object{{"value", std::move(value)}})});
    }

    void read_item(unsigned number, const std::string& text) { items_.emplace_back(number, &text); }

    void read_protocol_key(std::string_view key, const std::string& value) {
        const auto row = std::ranges::find_if(wire_keys, [key](const WireKey& one) { return one.code == key; });
        own_.push_back({std::string(row == wire_keys.end() ? key : row->name), Value(value)});
    }

    Value::Array read_items() {
        std::ranges::stable_sort(items_, [](const auto& a, const auto& b) { return a.first < b.first; });
        Value::Array items;
        items.reserve(items_.size());
        for (const auto& [number, text] : items_) items.push_back(read_wire_item(*text));
        return items;
    }

    void add(std::string_view name, Value value) { members_.push_back({std::string(name), std::move(value)}); }

    Value::Object members_;
    Value::Object own_;  // behind the parameters, since of two members the last counts: `dl` over `ep.page_location`
    Value::Object properties_;
    DottedObject people_{most_people_paths};
    std::vector<std::pair<unsigned, const std::string*>> items_;
};

}  // namespace

Value event_data_of_wire(const Pairs& hit) {
    WireEvent event;
    for (const Pair& pair : hit) event.read(pair);
    return event.finish();
}

}  // namespace pinrelay::decode
