#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "fields.hpp"
#include "pinrelay/model/event.hpp"

namespace pinrelay::decode {

// What stands under `items` and its aliases.
struct ReadItems {
    std::vector<model::Item> items;
    std::size_t left_out = 0;      // beyond the limit
    std::uint64_t left_units = 0;  // the sum of the quantities of those; one that is no whole number counts as 1
    std::size_t unreadable = 0;    // members that say something but name no product
    std::vector<Misspelling> misspellings;  // keys of the first items that resemble a known one
};

struct ItemLimits {
    std::size_t items = 0;
    bool keep_sources = false;  // fills Item::source
};

// Product lines, each once and in their order. The value is an array of objects; an array of texts, which are names, or
// numbers, which are ids; one object; an object of them under any keys; arrays of arrays; or a text that holds any of
// these as JSON, itself written once or twice as a JSON text. Members that say nothing (null, {}, "") are passed over.
ReadItems read_items(const model::Value& value, const ItemLimits& limits, model::Arena& arena);

}  // namespace pinrelay::decode
