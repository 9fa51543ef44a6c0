#include "money.hpp"

#include "currency.hpp"
#include "destinations/pinterest/labels.hpp"
#include "destinations/pinterest/place.hpp"
#include "destinations/pinterest/present.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

constexpr std::string_view value_field = "custom_data.value";
constexpr std::string_view currency_field = "custom_data.currency";

// A value that is there and cannot be used is not guessed at: what the sender meant is unknown.
std::optional<Decimal> worth(const model::Event& event, std::span<const Line> lines, bool from_lines,
                             model::Arena& arena, Notes& notes) {
    if (const auto given = present(event.value)) {
        auto value = Decimal::parse(without_entities(*given, arena));
        if (value && !value->is_negative()) return value;
        notes.warn(warnings::value_invalid, value_field, value ? "it is negative" : "it cannot be read as a number");
        return std::nullopt;
    }
    if (!from_lines || event.unlisted_units > 0) return std::nullopt;
    auto sum = total_of(lines);
    if (!sum) return std::nullopt;
    notes.warn(warnings::value_from_items, value_field, "absent; the sum of the items stands for it");
    if (notes.explains())
        notes.chose(value_field, source_at(event, &model::Event::items), "the sum of the items: price by quantity");
    return sum;
}

std::optional<std::string_view> given_currency(const model::Event& event, model::Arena& arena, Notes& notes) {
    if (const auto currency = present(event.currency)) return without_entities(*currency, arena);
    for (const auto& item : event.items)
        if (const auto currency = present(item.currency)) {
            if (notes.explains())
                notes.chose(currency_field, source_at(event, &model::Event::items), "of the first item that has one");
            return without_entities(*currency, arena);
        }
    return std::nullopt;
}

// Only an absent currency is made up for: in the place of an unreadable one, any other would relabel the money.
std::optional<std::string> currency_of(const model::Event& event, const Settings& settings, model::Arena& arena,
                                       Notes& notes) {
    const auto given = given_currency(event, arena, notes);
    if (!given) {
        auto beside = event.value ? currency_in_amount(without_entities(*event.value, arena)) : std::nullopt;
        if (notes.explains())
            notes.chose(currency_field, beside ? source_at(event, &model::Event::value) : std::string(),
                        beside ? "the sign beside the amount" : "`default_currency` of the configuration");
        return beside ? beside : settings.default_currency;
    }
    auto code = currency_code(*given);
    if (!code)
        notes.warn(warnings::currency_invalid, currency_field,
                   is_ambiguous_sign(*given) ? "several currencies have this sign; a three-letter code is needed"
                                             : "it is neither a three-letter code nor the sign of one currency");
    return code;
}

}  // namespace

std::optional<Money> money_of(const model::Event& event, std::span<const Line> lines, bool from_lines,
                              const Settings& settings, model::Arena& arena, Notes& notes) {
    const auto value = worth(event, lines, from_lines, arena, notes);
    if (!value) return std::nullopt;
    const auto currency = currency_of(event, settings, arena, notes);
    if (currency) return Money{arena.copy(value->text()), arena.copy(*currency)};
    notes.warn(warnings::value_without_currency, value_field,
               "left out: neither the event nor an item nor default_currency gives a readable currency");
    return std::nullopt;
}

}  // namespace pinrelay::destinations::pinterest
