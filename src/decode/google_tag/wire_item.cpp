#include "wire_item.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace pinrelay::decode {
namespace {

using model::Value;
using Properties = model::GrowingList<Value::Member>;

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

// Of two values for one name the last counts.
void set(Properties& item, std::string_view name, std::string_view value) {
    const auto known = std::ranges::find(item, name, &Value::Member::key);
    if (known != item.end())
        known->value = Value(value);
    else
        item.push_back({name, Value(value)});
}

// The pairs of an item, their keys in front, with "~~" as one tilde.
class ItemPairs {
public:
    ItemPairs(std::string_view text, model::Arena& arena) : pairs_(arena), room_(arena.room<char>(text.size())) {
        for (std::size_t i = 0; i < text.size(); ++i) {
            const bool is_tilde = text[i] == '~';
            const bool is_doubled = is_tilde && i + 1 < text.size() && text[i + 1] == '~';
            if (is_tilde && !is_doubled) end_segment();
            if (is_doubled) ++i;
            room_[end_++] = text[i];
        }
        end_segment();
    }

    std::span<const std::string_view> list() const noexcept { return pairs_.span(); }

private:
    // What begins with no key belongs to the pair before, with the tilde that stands between both.
    void end_segment() {
        const std::string_view segment(room_.data() + begin_, end_ - begin_);
        const std::string_view text = begin_ == 0 ? segment : segment.substr(1);
        if (begins_with_key(text)) {
            pairs_.push_back(text);
        } else if (!pairs_.empty() && !text.empty()) {
            std::string_view& last = pairs_.back();
            last = {last.data(), last.size() + segment.size()};
        }
        begin_ = end_;
    }

    model::GrowingList<std::string_view> pairs_;
    std::span<char> room_;
    std::size_t begin_ = 0;  // of the segment: its tilde, but for the first
    std::size_t end_ = 0;
};

}  // namespace

Value read_wire_item(std::string_view text, model::Arena& arena) {
    Properties item(arena);
    std::array<std::string_view, custom_numbers.size()> custom_keys;
    std::array<std::string_view, custom_numbers.size()> custom_values;
    const ItemPairs pairs(text, arena);
    for (const std::string_view pair : pairs.list()) {
        const std::string_view code = pair.substr(0, key_length);
        const std::string_view value = pair.substr(key_length);
        if (const std::string_view name = name_of(code); !name.empty()) {
            set(item, name, value);
            continue;
        }
        (code[0] == 'k' ? custom_keys : custom_values)[custom_numbers.find(code[1])] = value;
    }
    for (std::size_t i = 0; i < custom_keys.size(); ++i) {
        if (custom_keys[i].empty() || Value(item.span()).find(custom_keys[i]) != nullptr) continue;
        item.push_back({custom_keys[i], Value(custom_values[i])});
    }
    return Value(item.span());
}

}  // namespace pinrelay::decode
