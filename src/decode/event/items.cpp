#include "items.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>

#include "decode/text/json_text.hpp"
#include "decode/text/misspelling.hpp"
#include "decode/text/scalar.hpp"
#include "decode/text/snake_case.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/core/decimal.hpp"

namespace pinrelay::decode {
namespace {

using model::Item;
using model::Value;

struct ItemField {
    std::optional<std::string_view> Item::*member;
    std::array<std::string_view, 9> keys;  // the first that says something
    std::string_view part = {};            // of a value that is an object
};

constexpr std::array item_fields = {
    ItemField{&Item::id,
              {"item_id", "id", "product_id", "sku", "itemId", "productId", "product_sku", "item_sku", "content_id"}},
    ItemField{&Item::name, {"item_name", "name", "product_name", "itemName", "productName", "title"}},
    ItemField{&Item::brand, {"item_brand", "brand", "product_brand", "itemBrand", "productBrand", "vendor"}},
    ItemField{&Item::brand_id, {"item_brand_id", "brand_id", "product_brand_id", "itemBrandId", "productBrandId"}},
    ItemField{&Item::category, {"item_category", "category", "product_category", "itemCategory", "productCategory"}},
    ItemField{&Item::variant, {"item_variant", "variant", "product_variant", "itemVariant", "productVariant"}},
    ItemField{
        &Item::price, {"price", "item_price", "product_price", "itemPrice", "productPrice", "unit_price"}, "amount"},
    ItemField{&Item::discount, {"discount"}},
    ItemField{&Item::quantity,
              {"quantity", "qty", "product_quantity", "item_quantity", "productQuantity", "itemQuantity"}},
    ItemField{&Item::currency, {"currency"}},
    ItemField{&Item::list_name, {"item_list_name", "list_name", "list"}},
};

// Objects within an item that say what the item itself does not.
constexpr std::array<std::string_view, 3> parts_of_an_item = {"item", "product", "variant"};

constexpr unsigned deepest_item_level = 6;  // arrays, objects and texts within each other
constexpr std::size_t items_looked_at = 3;
constexpr std::size_t keys_looked_at = 40;

// An amount as an object: {"amount":"2.50","currencyCode":"EUR"}.
std::optional<std::string_view> part_of_amount(const Value& value, std::string_view part) {
    const Value* inside = part.empty() ? nullptr : value.find(part);
    return inside == nullptr ? std::nullopt : present_text(*inside);
}

std::optional<std::string_view> first_text(const Value& object, const ItemField& field) {
    for (const std::string_view key : field.keys) {
        if (key.empty()) break;
        const Value* value = object.find(key);
        if (value == nullptr) continue;
        if (auto text = present_text(*value)) return text;
        if (!value->is_object()) continue;
        if (auto text = part_of_amount(*value, field.part)) return text;
    }
    return std::nullopt;
}

Item read_item(const Value& value) {
    Item item;
    for (const ItemField& field : item_fields) item.*field.member = first_text(value, field);
    if (item.id || item == Item{}) return item;
    for (const std::string_view part : parts_of_an_item) {
        const Value* inside = value.find(part);
        if (inside == nullptr || !inside->is_object()) continue;
        for (const ItemField& field : item_fields)
            if (!(item.*field.member)) item.*field.member = first_text(*inside, field);
    }
    return item;
}

bool is_numbered(const Value::Object& members) {
    return std::ranges::all_of(members, [](const Value::Member& member) {
        return !member.key.empty() && member.key.find_first_not_of("0123456789") == std::string::npos;
    });
}

std::uint64_t units_of(const std::optional<std::string_view>& quantity) {
    const auto number = quantity ? Decimal::parse(*quantity) : std::nullopt;
    const auto whole = number ? number->whole() : std::nullopt;
    return whole && *whole > 0 ? static_cast<std::uint64_t>(*whole) : 1;
}

std::uint64_t sum(std::uint64_t a, std::uint64_t b) noexcept {
    return a > std::numeric_limits<std::uint64_t>::max() - b ? std::numeric_limits<std::uint64_t>::max() : a + b;
}

// What a cart says of itself beside its lines ("currency", "quantity") is no line.
bool only_wraps_items(const Item& item, const Value::Object& members) {
    if (item.id || item.name) return false;
    const auto may_be_line = [](const Value::Member& member) {
        return member.value.is_object() || member.value.is_array();
    };
    return std::ranges::count_if(members, may_be_line) > 0 &&
           std::ranges::none_of(members, [](const Value::Member& member) {
               return std::ranges::find(parts_of_an_item, member.key) != parts_of_an_item.end();
           });
}

class ItemReader {
public:
    ItemReader(const ItemLimits& limits, model::Arena& arena) : limits_(limits), arena_(arena) {}

    // The whole of what stands under `items`.
    void read(const Value& value, unsigned level) {
        if (level == deepest_item_level) return fail();
        if (const auto text = value.text()) return read_json(*text, level);
        if (const auto members = value.object()) return read_object(value, *members, level);
        const auto list = value.array();
        if (!list) return fail();
        for (const Value& one : *list) read_member(one, level + 1);
    }

    ReadItems take() { return std::move(result_); }

private:
    void fail() { ++result_.unreadable; }

    void read_json(std::string_view text, unsigned level) {
        const auto parsed = model::parse_json(ascii::trimmed(text), arena_, {.values = most_values_in_text});
        const Value* inside = std::get_if<Value>(&parsed);
        if (inside == nullptr) return fail();
        read(*inside, level + 1);
    }

    void read_object(const Value& value, const Value::Object& members, unsigned level) {
        Item item = read_item(value);
        if (item != Item{} && !only_wraps_items(item, members)) return append(item, value);
        if (result_.items.size() < items_looked_at) look_for_slips(item, value);
        const bool numbered = is_numbered(members);
        bool holds_any = false;
        for (const Value::Member& member : members) {
            const bool is_structure = member.value.is_object() || member.value.is_array();
            if (!numbered && !is_structure && !is_json(member.value)) continue;
            holds_any = true;
            read_member(member.value, level + 1);
        }
        if (!holds_any && !members.empty()) fail();
    }

    static bool is_json(const Value& value) { return value.is_text() && begins_like_json(*value.text()); }

    // One member of a list.
    void read_member(const Value& value, unsigned level) {
        if (value.is_null()) return;
        if (value.is_boolean()) return fail();
        if (value.is_object() || value.is_array() || is_json(value)) return read(value, level);
        Item item;
        (value.is_number() ? item.id : item.name) = present_text(value);
        if (item != Item{}) append(item, value);
    }

    void append(Item& item, const Value& source) {
        if (result_.items.size() == limits_.items) {
            ++result_.left_out;
            result_.left_units = sum(result_.left_units, units_of(item.quantity));
            return;
        }
        if (result_.items.size() < items_looked_at) look_for_slips(item, source);
        if (limits_.keep_sources) item.source = source;
        result_.items.push_back(item);
    }

    void look_for_slips(const Item& item, const Value& source) {
        const auto members = source.object();
        if (!members || (item.id && item.name && item.price && item.quantity)) return;
        for (std::size_t i = 0; i < std::min(members->size(), keys_looked_at); ++i) {
            const std::string key = "items_" + in_snake_case((*members)[i].key);
            const std::string_view word = meant_by(key);
            if (!word.empty() && !speaks_of(item, word)) add_slip({key, word});
        }
    }

    // Whether the item has what the key of that name stands for.
    static bool speaks_of(const Item& item, std::string_view word) {
        word.remove_prefix(std::string_view("items_").size());
        return std::ranges::any_of(item_fields, [&item, word](const ItemField& field) {
            return item.*field.member && std::ranges::find(field.keys, word) != field.keys.end();
        });
    }

    void add_slip(Misspelling slip) {
        const auto same = [&slip](const Misspelling& known) { return known.key == slip.key; };
        if (std::ranges::none_of(result_.misspellings, same)) result_.misspellings.push_back(std::move(slip));
    }

    const ItemLimits& limits_;
    model::Arena& arena_;
    ReadItems result_;
};

}  // namespace

ReadItems read_items(const Value& value, const ItemLimits& limits, model::Arena& arena) {
    ItemReader reader(limits, arena);
    reader.read(value, 0);
    return reader.take();
}

}  // namespace pinrelay::decode
