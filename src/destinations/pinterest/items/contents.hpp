#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "destinations/pinterest/json_object.hpp"
#include "destinations/pinterest/warning_list.hpp"
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

std::vector<Line> read_lines(const std::vector<model::Item>& items, const ItemIds& ids, WarningList& warnings);

// Exactly Σ price × quantity; nothing where there are no lines or one of them has no price.
std::optional<Decimal> total_of(const std::vector<Line>& lines);

// Appends content_ids, contents and num_items; nothing where there are no lines. Lines without id are left out of the
// first two, which stay aligned, and still count in the third, as do `unlisted_units`. Beyond `max_contents` a line is
// in content_ids only.
void put_contents(Object& custom_data, const std::vector<Line>& lines, std::uint64_t unlisted_units,
                  const Settings& settings, WarningList& warnings);

}  // namespace pinrelay::destinations::pinterest
