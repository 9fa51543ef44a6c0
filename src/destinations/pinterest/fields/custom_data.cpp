#include "custom_data.hpp"

#include <algorithm>

#include "destinations/pinterest/items/contents.hpp"
#include "destinations/pinterest/items/money.hpp"
#include "destinations/pinterest/labels.hpp"
#include "destinations/pinterest/present.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

constexpr std::string_view value_path = "custom_data.value";

// There is no field for a list's name but the category.
std::optional<std::string> category(const model::Event& event, const Named& named) {
    if (auto own = present(event.content_category)) return own;
    if (named.event_name != "view_category") return std::nullopt;
    if (auto list = present(event.item_list_name)) return list;
    if (event.items.empty()) return std::nullopt;
    const auto& first = event.items.front();
    if (auto list = present(first.list_name)) return list;
    return present(first.category);
}

std::optional<std::string> content_name(const model::Event& event, const Named& named) {
    return named.custom_name ? named.custom_name : present(event.content_name);
}

std::optional<std::string> opt_out_type(const model::Event& event, WarningList& warnings) {
    if (limits_data_processing(event)) return std::string(limited_data_processing);
    if (present(event.opt_out_type))
        warnings.add(warnings::field_invalid, "custom_data.opt_out_type", "only \"LDP\" has a meaning");
    return std::nullopt;
}

std::optional<std::string> predicted_ltv(const model::Event& event, WarningList& warnings) {
    const auto given = present(event.predicted_ltv);
    if (!given) return std::nullopt;
    const auto number = Decimal::parse(*given);
    if (number && !number->is_negative()) return number->text();
    warnings.add(warnings::value_invalid, "custom_data.predicted_ltv", "no number of zero or more");
    return std::nullopt;
}

// Pinterest's own count of what was bought, where no items tell it.
void put_units(Object& members, const std::optional<std::string>& text) {
    const auto given = present(text);
    const auto number = given ? Decimal::parse(*given) : std::nullopt;
    const auto whole = number ? number->whole() : std::nullopt;
    if (whole && *whole >= 0) put(members, "num_items", whole_number(*whole));
}

// Another warning says already why a value that is there is not sent.
bool has_warning_of_value(const WarningList& warnings) {
    return std::ranges::any_of(warnings.all(), [](const auto& warning) { return warning.field == value_path; });
}

}  // namespace

bool limits_data_processing(const model::Event& event) {
    if (event.consent.sale_opt_out) return true;
    if (!event.opt_out_type) return false;
    std::string_view rest = *event.opt_out_type;
    while (true) {
        const auto comma = rest.find(',');
        if (ascii::equals_ignoring_case(identity::trim(rest.substr(0, comma)), limited_data_processing)) return true;
        if (comma == std::string_view::npos) return false;
        rest.remove_prefix(comma + 1);
    }
}

Object custom_data(const model::Event& event, const Named& named, const Settings& settings, WarningList& warnings) {
    const auto lines = read_lines(event.items, settings.item_ids, warnings);
    const bool from_lines = stands_for_total(event.name, named.event_name);
    auto money = money_of(event, lines, from_lines, settings, warnings);

    constexpr std::size_t most_members = 12;
    Object members;
    members.reserve(most_members);
    if (money) {
        put(members, "currency", model::Value(std::move(money->currency)));
        put(members, "value", model::Value(std::move(money->value)));
    } else if (named.event_name == "checkout" && !has_warning_of_value(warnings)) {
        warnings.add(warnings::checkout_without_value, value_path,
                     event.items.empty() ? "the event has no value"
                                         : "the event has no value, and no sum of its items stands for it");
    }
    put_filled(members, "order_id", present(event.transaction_id));
    put_contents(members, lines, event.unlisted_units, settings, warnings);
    if (lines.empty()) put_units(members, event.units);
    put_filled(members, "search_string", present(event.search_term));
    put_filled(members, "content_name", content_name(event, named));
    put_filled(members, "content_category", category(event, named));
    put_filled(members, "content_brand", present(event.content_brand));
    put_filled(members, "predicted_ltv", predicted_ltv(event, warnings));
    put_filled(members, "opt_out_type", opt_out_type(event, warnings));
    return members;
}

}  // namespace pinrelay::destinations::pinterest
