#include "items.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "decode/text/scalar.hpp"
#include "pinrelay/core/ascii.hpp"

namespace pinrelay::decode {
namespace {

using model::Item;
using model::Value;
using Items = std::vector<Item>;

struct ItemField {
    std::optional<std::string> Item::*member;
    std::array<std::string_view, 5> keys;  // the first that says something
};

constexpr std::array item_fields = {
    ItemField{&Item::id, {"item_id", "id", "product_id", "sku", "itemId"}},
    ItemField{&Item::name, {"item_name", "name", "product_name"}},
    ItemField{&Item::brand, {"item_brand", "brand"}},
    ItemField{&Item::category, {"item_category", "category"}},
    ItemField{&Item::variant, {"item_variant", "variant"}},
    ItemField{&Item::price, {"price", "item_price"}},
    ItemField{&Item::discount, {"discount"}},
    ItemField{&Item::quantity, {"quantity", "qty"}},
    ItemField{&Item::currency, {"currency"}},
    ItemField{&Item::list_name, {"item_list_name", "list_name", "list"}},
};

std::optional<std::string> first_text(const Value& object, const ItemField& field) {
    for (const std::string_view key : field.keys) {
        if (key.empty()) break;
        const Value* value = object.find(key);
        if (value == nullptr) continue;
        if (auto text = present_text(*value)) return text;
    }
    return std::nullopt;
}

Item read_item(const Value& value) {
    Item item;
    if (value.number() != nullptr) item.id = value.scalar_text();
    if (value.text() != nullptr) item.name = present_text(value);
    if (value.object() == nullptr) return item;
    for (const ItemField& field : item_fields) item.*field.member = first_text(value, field);
    return item;
}

void append(Items& items, const Value& value) {
    Item item = read_item(value);
    if (item != Item{}) items.push_back(std::move(item));
}

bool is_numbered(const Value::Object& members) {
    return std::ranges::all_of(members, [](const Value::Member& member) {
        return !member.key.empty() && member.key.find_first_not_of("0123456789") == std::string::npos;
    });
}

std::optional<Items> read_object(const Value& value, const Value::Object& members, std::size_t limit) {
    Items items;
    if (!is_numbered(members)) {
        append(items, value);
        return items;
    }
    if (members.size() > limit) return std::nullopt;
    for (const Value::Member& member : members) append(items, member.value);
    return items;
}

std::optional<Items> read_structure(const Value& value, std::size_t limit) {
    if (const Value::Object* members = value.object()) return read_object(value, *members, limit);
    Items items;
    const Value::Array* list = value.array();
    if (list == nullptr) return items;
    if (list->size() > limit) return std::nullopt;
    items.reserve(list->size());
    for (const Value& one : *list) append(items, one);
    return items;
}

}  // namespace

std::optional<Items> read_items(const Value& value, std::size_t limit) {
    const std::string* text = value.text();
    if (text == nullptr) return read_structure(value, limit);
    const auto parsed = model::parse_json(ascii::trimmed(*text));
    const Value* inside = std::get_if<Value>(&parsed);
    return inside == nullptr ? Items{} : read_structure(*inside, limit);
}

}  // namespace pinrelay::decode
