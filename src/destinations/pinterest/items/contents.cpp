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

std::optional<std::string_view> price_of(const model::Item& item, model::Arena& arena, Notes& notes) {
    const auto given = present(item.price);
    if (!given) return std::nullopt;
    const auto price = Decimal::parse(without_entities(*given, arena));
    if (price && !price->is_negative()) return arena.copy(price->text());
    notes.warn(warnings::item_price_invalid, "custom_data.contents.item_price", "no price of zero or more");
    return std::nullopt;
}

std::int64_t quantity_of(const model::Item& item, Notes& notes) {
    const auto given = present(item.quantity);
    if (!given) return 1;
    const auto number = Decimal::parse(*given);
    const auto whole = number ? number->whole() : std::nullopt;
    if (whole && *whole >= 0 && *whole <= largest_quantity) return *whole;
    notes.warn(warnings::quantity_invalid, "custom_data.contents.quantity", "no whole number; 1 stands for it");
    return 1;
}

Line read_line(const model::Item& item, const ItemIds& ids, model::Arena& arena, Notes& notes) {
    Line line;
    line.name = present(item.name);
    line.id = catalogue_id(item, ids, arena, notes);
    // A name with a person's data will be left out, and its digest would name no product.
    const bool names_product = line.name && !holds_email(*line.name) && !holds_phone(*line.name);
    if (!line.id && names_product) line.id = line.name;
    if (!line.id) notes.warn(warnings::item_without_id, "custom_data.contents.id", "an item has neither id nor name");
    line.category = present(item.category);
    line.brand = present(item.brand);
    line.brand_id = present(item.brand_id);
    line.price = price_of(item, arena, notes);
    line.quantity = quantity_of(item, notes);
    return line;
}

}  // namespace

std::span<const Line> read_lines(const std::vector<model::Item>& items, const ItemIds& ids, model::Arena& arena,
                                 Notes& notes) {
    model::GrowingList<Line> lines(arena);
    lines.reserve(items.size());
    for (const auto& item : items) lines.push_back(read_line(item, ids, arena, notes));
    return lines.span();
}

std::optional<Decimal> total_of(std::span<const Line> lines) {
    if (lines.empty()) return std::nullopt;
    std::optional<Decimal> sum = Decimal(0);
    for (const auto& line : lines) {
        const auto price = line.price ? Decimal::parse(*line.price) : std::nullopt;
        if (!price) return std::nullopt;
        const auto amount = multiply(*price, Decimal(line.quantity));
        sum = amount ? add(*sum, *amount) : std::nullopt;
        if (!sum) return std::nullopt;
    }
    return sum;
}

std::span<const model::Value> ids_of(std::span<const Line> lines, model::Arena& arena) {
    model::GrowingList<model::Value> ids(arena);
    ids.reserve(lines.size());
    for (const Line& line : lines)
        if (line.id) ids.push_back(model::Value(*line.id));
    return ids.span();
}

// Of items beyond a list only the units are known.
std::int64_t number_of(std::span<const Line> lines, std::uint64_t unlisted_units, NumItems counted) {
    if (counted == NumItems::Lines) return static_cast<std::int64_t>(lines.size());
    std::int64_t units = 0;
    for (const Line& line : lines) units += line.quantity;
    const auto room = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max() - units);
    return units + static_cast<std::int64_t>(std::min(unlisted_units, room));
}

}  // namespace pinrelay::destinations::pinterest
