#include "wire_item.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

namespace pinrelay::decode {
namespace {

using model::Value;

constexpr std::size_t key_length = 2;

struct ItemKey {
    std::string_view code;
    std::string_view name;
};

// `li` is the list's id and no location, which one description of this format takes it for.
constexpr std::array item_keys = {
    ItemKey{"id", "item_id"},        ItemKey{"nm", "item_name"},      ItemKey{"br", "item_brand"},
    ItemKey{"ca", "item_category"},  ItemKey{"c2", "item_category2"}, ItemKey{"c3", "item_category3"},
    ItemKey{"c4", "item_category4"}, ItemKey{"c5", "item_category5"}, ItemKey{"va", "item_variant"},
    ItemKey{"pr", "price"},          ItemKey{"qt", "quantity"},       ItemKey{"cp", "coupon"},
    ItemKey{"ln", "item_list_name"}, ItemKey{"li", "item_list_id"},   ItemKey{"lp", "index"},
    ItemKey{"ds", "discount"},       ItemKey{"af", "affiliation"},    ItemKey{"pi", "promotion_id"},
    ItemKey{"pn", "promotion_name"}, ItemKey{"cn", "creative_name"},  ItemKey{"cs", "creative_slot"},
    ItemKey{"lo", "location_id"},
};

// "k0size~v0M" is the parameter size of value M.
constexpr std::string_view custom_numbers = "0123456789ABCDEFGHIJKLMNOPQ";

std::string_view name_of(std::string_view code) noexcept {
    const auto found = std::ranges::find_if(item_keys, [code](const ItemKey& key) { return key.code == code; });
    return found == item_keys.end() ? std::string_view{} : found->name;
}

bool is_custom(std::string_view code) noexcept {
    return (code[0] == 'k' || code[0] == 'v') && custom_numbers.find(code[1]) != std::string_view::npos;
}

bool begins_with_key(std::string_view segment) noexcept {
    const std::string_view code = segment.substr(0, key_length);
    return code.size() == key_length && (!name_of(code).empty() || is_custom(code));
}

// What single tildes part, with "~~" already as one.
std::vector<std::string> split_at_single_tildes(std::string_view text) {
    std::vector<std::string> segments(1);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '~') {
            segments.back() += text[i];
        } else if (i + 1 < text.size() && text[i + 1] == '~') {
            segments.back() += text[i++];
        } else {
            segments.emplace_back();
        }
    }
    return segments;
}

std::vector<std::string> split_item(std::string_view text) {
    std::vector<std::string> pairs;
    for (std::string& segment : split_at_single_tildes(text)) {
        if (begins_with_key(segment)) {
            pairs.push_back(std::move(segment));
        } else if (!pairs.empty() && !segment.empty()) {
            pairs.back() += '~' + segment;
        }
    }
    return pairs;
}

}  // namespace

Value read_wire_item(std::string_view text, model::Arena& arena) {
    Value item{Value::Object()};
    std::array<std::string_view, custom_numbers.size()> custom_keys;
    std::array<std::string_view, custom_numbers.size()> custom_values;
    for (const std::string& pair : split_item(text)) {
        const std::string_view code = std::string_view(pair).substr(0, key_length);
        const std::string_view value = arena.copy(std::string_view(pair).substr(key_length));
        if (const std::string_view name = name_of(code); !name.empty()) {
            item = model::with_member(item, name, Value(value), arena);
            continue;
        }
        (code[0] == 'k' ? custom_keys : custom_values)[custom_numbers.find(code[1])] = value;
    }
    for (std::size_t i = 0; i < custom_keys.size(); ++i) {
        if (custom_keys[i].empty() || item.find(custom_keys[i]) != nullptr) continue;
        item = model::with_member(item, custom_keys[i], Value(custom_values[i]), arena);
    }
    return item;
}

}  // namespace pinrelay::decode
