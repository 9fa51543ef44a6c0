#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "destinations/pinterest/notes.hpp"
#include "pinrelay/core/decimal.hpp"
#include "pinrelay/destinations/pinterest/settings.hpp"
#include "pinrelay/model/arena.hpp"
#include "pinrelay/model/event.hpp"

namespace pinrelay::destinations::pinterest {

// One product line, read. Its texts are in the item or in the arena.
struct Line {
    std::optional<std::string_view> id;  // the catalogue's, else item_name
    std::optional<std::string_view> name;
    std::optional<std::string_view> category;
    std::optional<std::string_view> brand;
    std::optional<std::string_view> brand_id;
    std::optional<std::string_view> price;  // decimal text of zero or more, as Decimal writes it
    std::int64_t quantity = 1;
};

std::span<const Line> read_lines(const std::vector<model::Item>& items, const ItemIds& ids, model::Arena& arena,
                                 Notes& notes);

// Exactly Σ price × quantity; nothing where there are no lines or one of them has no price.
std::optional<Decimal> total_of(std::span<const Line> lines);

// The ids of the lines that have one, in their order.
std::span<const model::Value> ids_of(std::span<const Line> lines, model::Arena& arena);

// How many lines there are, or units in them and beyond a list, as the setting counts.
std::int64_t number_of(std::span<const Line> lines, std::uint64_t unlisted_units, NumItems counted);

}  // namespace pinrelay::destinations::pinterest
