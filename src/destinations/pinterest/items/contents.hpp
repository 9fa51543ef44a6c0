#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "destinations/pinterest/notes.hpp"
#include "pinrelay/core/decimal.hpp"
#include "pinrelay/destinations/pinterest/settings.hpp"
#include "pinrelay/model/event.hpp"

namespace pinrelay::destinations::pinterest {

// One product line, read.
struct Line {
    std::optional<std::string> id;  // the catalogue's, else item_name
    std::optional<std::string> name;
    std::optional<std::string> category;
    std::optional<std::string> brand;
    std::optional<std::string> brand_id;
    std::optional<Decimal> price;
    std::int64_t quantity = 1;
};

std::vector<Line> read_lines(const std::vector<model::Item>& items, const ItemIds& ids, Notes& notes);

// Exactly Σ price × quantity; nothing where there are no lines or one of them has no price.
std::optional<Decimal> total_of(const std::vector<Line>& lines);

// The ids of the lines that have one, in their order.
std::vector<std::string> ids_of(const std::vector<Line>& lines);

// How many lines there are, or units in them and beyond a list, as the setting counts.
std::int64_t number_of(const std::vector<Line>& lines, std::uint64_t unlisted_units, NumItems counted);

}  // namespace pinrelay::destinations::pinterest
