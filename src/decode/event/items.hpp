#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "pinrelay/model/event.hpp"

namespace pinrelay::decode {

// Product lines from what stands under `items` and its aliases: an array of objects; an array of texts, which are
// names, or numbers, which are ids; one object; an object with the keys 0, 1, 2 …; or a text that holds any of these as
// JSON. Members that name no product (null, {}) are passed over. Nothing when there are more than `limit`.
std::optional<std::vector<model::Item>> read_items(const model::Value& value, std::size_t limit);

}  // namespace pinrelay::decode
