#include "wire_event.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <span>
#include <string_view>

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
Value number_or_text(std::string_view text, model::Arena& arena) {
    const auto parsed = model::parse_json(text, arena, {.values = 1});
    const auto* value = std::get_if<Value>(&parsed);
    return value != nullptr && value->is_number() ? *value : Value(text);
}

class WireEvent {
public:
    explicit WireEvent(model::Arena& arena) noexcept
        : arena_(arena),
          members_(arena),
          own_(arena),
          properties_(arena),
          people_(most_people_paths, arena),
          items_(arena) {}

    void read(const Pair& pair) {
        const auto& [key, value] = pair;
        if (const auto name = behind(key, "ep."); !name.empty()) return read_parameter(name, Value(value));
        if (const auto name = behind(key, "epn."); !name.empty())
            return read_parameter(name, number_or_text(value, arena_));
        if (const auto name = behind(key, "up."); !name.empty()) return read_property(name, Value(value));
        if (const auto name = behind(key, "upn."); !name.empty())
            return read_property(name, number_or_text(value, arena_));
        if (const auto number = item_number(key)) return void(items_.push_back({*number, value}));
        if (key == "em") return add_hashed_people(people_, value, arena_);
        if (std::ranges::find(wire_noise, key) != wire_noise.end()) return;
        read_protocol_key(key, value);
    }

    Value finish() {
        for (const Value::Member& member : own_) members_.push_back(member);
        if (!people_.empty()) members_.push_back({"user_data", people_.value()});
        if (!properties_.empty()) members_.push_back({"user_properties", Value(properties_.span())});
        if (!items_.empty()) members_.push_back({"items", read_items()});
        return Value(members_.span());
    }

private:
    struct Item {
        unsigned number = 0;
        std::string_view text;
    };

    void read_parameter(std::string_view name, const Value& value) {
        if (const auto path = behind(name, people_prefix); !path.empty()) return people_.set(path, value);
        members_.push_back({name, value});
    }

    void read_property(std::string_view name, const Value& value) {
        properties_.push_back({name, with_member(Value(), "value", value, arena_)});
    }

    void read_protocol_key(std::string_view key, std::string_view value) {
        const auto row = std::ranges::find_if(wire_keys, [key](const WireKey& one) { return one.code == key; });
        own_.push_back({row == wire_keys.end() ? key : row->name, Value(value)});
    }

    Value read_items() {
        if (!std::ranges::is_sorted(items_, {}, &Item::number)) std::ranges::stable_sort(items_, {}, &Item::number);
        const std::span<Value> items = arena_.room<Value>(items_.size());
        std::ranges::transform(items_, items.begin(), [this](const Item& one) { return read_wire_item(one.text, arena_); });
        return Value(Value::Array(items));
    }

    model::Arena& arena_;
    model::GrowingList<Value::Member> members_;
    // Behind the parameters, since of two members the last counts: `dl` over `ep.page_location`.
    model::GrowingList<Value::Member> own_;
    model::GrowingList<Value::Member> properties_;
    DottedObject people_;
    model::GrowingList<Item> items_;
};

}  // namespace

Value event_data_of_wire(Pairs hit, model::Arena& arena) {
    WireEvent event(arena);
    for (const Pair& pair : hit) event.read(pair);
    return event.finish();
}

}  // namespace pinrelay::decode
