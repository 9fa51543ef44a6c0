#include "contents.hpp"

#include <algorithm>
#include <limits>

#include "currency.hpp"
#include "destinations/pinterest/labels.hpp"
#include "destinations/pinterest/present.hpp"
#include "destinations/pinterest/privacy/clear_text.hpp"
#include "item_ids.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

// More than anybody sells in one line; keeps the sum of any number of lines within an int64.
constexpr std::int64_t largest_quantity = 1'000'000'000;

std::optional<Decimal> price_of(const model::Item& item, WarningList& warnings) {
    const auto given = present(item.price);
    if (!given) return std::nullopt;
    auto price = Decimal::parse(without_entities(*given));
    if (price && !price->is_negative()) return price;
    warnings.add(warnings::item_price_invalid, "custom_data.contents.item_price", "no price of zero or more");
    return std::nullopt;
}

std::int64_t quantity_of(const model::Item& item, WarningList& warnings) {
    const auto given = present(item.quantity);
    if (!given) return 1;
    const auto number = Decimal::parse(*given);
    const auto whole = number ? number->whole() : std::nullopt;
    if (whole && *whole >= 0 && *whole <= largest_quantity) return *whole;
    warnings.add(warnings::quantity_invalid, "custom_data.contents.quantity", "no whole number; 1 stands for it");
    return 1;
}

Line read_line(const model::Item& item, const ItemIds& ids, WarningList& warnings) {
    Line line;
    line.name = present(item.name);
    line.id = catalogue_id(item, ids, warnings);
    // A name with a person's data will be left out, and its digest would name no product.
    const bool names_product = line.name && !holds_email(*line.name) && !holds_phone(*line.name);
    if (!line.id && names_product) line.id = line.name;
    if (!line.id) warnings.add(warnings::item_without_id, "custom_data.contents.id", "an item has neither id nor name");
    line.category = present(item.category);
    line.brand = present(item.brand);
    line.brand_id = present(item.brand_id);
    line.price = price_of(item, warnings);
    line.quantity = quantity_of(item, warnings);
    return line;
}

Object content(const Line& line) {
    Object members;
    put_filled(members, "id", line.id);
    put_filled(members, "item_name", line.name);
    put_filled(members, "item_category", line.category);
    put_filled(members, "item_brand", line.brand);
    put_filled(members, "item_brand_id", line.brand_id);
    if (line.price) put(members, "item_price", model::Value(line.price->text()));
    put(members, "quantity", whole_number(line.quantity));
    return members;
}

// Of items beyond a list only the units are known.
std::int64_t number_of(const std::vector<Line>& lines, std::uint64_t unlisted_units, NumItems counted) {
    if (counted == NumItems::Lines) return static_cast<std::int64_t>(lines.size());
    std::int64_t units = 0;
    for (const Line& line : lines) units += line.quantity;
    const auto room = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max() - units);
    return units + static_cast<std::int64_t>(std::min(unlisted_units, room));
}

}  // namespace

std::vector<Line> read_lines(const std::vector<model::Item>& items, const ItemIds& ids, WarningList& warnings) {
    std::vector<Line> lines;
    lines.reserve(items.size());
    for (const auto& item : items) lines.push_back(read_line(item, ids, warnings));
    return lines;
}

std::optional<Decimal> total_of(const std::vector<Line>& lines) {
    if (lines.empty()) return std::nullopt;
    std::optional<Decimal> sum = Decimal(0);
    for (const auto& line : lines) {
        if (!line.price) return std::nullopt;
        const auto amount = multiply(*line.price, Decimal(line.quantity));
        sum = amount ? add(*sum, *amount) : std::nullopt;
        if (!sum) return std::nullopt;
    }
    return sum;
}

void put_contents(Object& custom_data, const std::vector<Line>& lines, std::uint64_t unlisted_units,
                  const Settings& settings, WarningList& warnings) {
    if (lines.empty()) return;
    std::vector<std::string> ids;
    model::Value::Array contents;
    for (const auto& line : lines) {
        if (!line.id) continue;
        ids.push_back(*line.id);
        if (contents.size() < settings.max_contents) contents.emplace_back(content(line));
    }
    if (contents.size() < ids.size() || unlisted_units > 0)
        warnings.add(warnings::contents_left_out, "custom_data.contents",
                     "more items than are sent in contents; all count in num_items");
    put_filled(custom_data, "content_ids", std::move(ids));
    if (!contents.empty()) put(custom_data, "contents", model::Value(std::move(contents)));

    put(custom_data, "num_items", whole_number(number_of(lines, unlisted_units, settings.num_items)));
}

}  // namespace pinrelay::destinations::pinterest
