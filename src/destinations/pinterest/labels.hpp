#pragma once

#include <array>
#include <string_view>

// The fixed sets of labels under which drops and warnings are counted. docs/mapping.md explains each.
namespace pinrelay::destinations::pinterest {

namespace drops {
inline constexpr std::string_view not_forwarded = "not_forwarded";
inline constexpr std::string_view unknown_event = "unknown_event";
inline constexpr std::string_view rule_drop = "rule_drop";
inline constexpr std::string_view no_match_keys = "no_match_keys";
inline constexpr std::string_view too_old = "too_old";
inline constexpr std::string_view late = "late";
inline constexpr std::string_view too_large = "too_large";
inline constexpr std::string_view schema = "schema";

inline constexpr std::array all = {not_forwarded, unknown_event, rule_drop, no_match_keys,
                                   too_old,       late,          too_large, schema};
}  // namespace drops

namespace warnings {
inline constexpr std::string_view event_id_derived = "event_id_derived";
inline constexpr std::string_view event_time_replaced = "event_time_replaced";
inline constexpr std::string_view action_source_unknown = "action_source_unknown";
inline constexpr std::string_view identifier_dropped = "identifier_dropped";
inline constexpr std::string_view address_not_public = "address_not_public";
inline constexpr std::string_view clear_text_removed = "clear_text_removed";
inline constexpr std::string_view value_invalid = "value_invalid";
inline constexpr std::string_view value_from_items = "value_from_items";
inline constexpr std::string_view value_without_currency = "value_without_currency";
inline constexpr std::string_view currency_invalid = "currency_invalid";
inline constexpr std::string_view item_without_id = "item_without_id";
inline constexpr std::string_view item_price_invalid = "item_price_invalid";
inline constexpr std::string_view quantity_invalid = "quantity_invalid";
inline constexpr std::string_view field_invalid = "field_invalid";
inline constexpr std::string_view field_too_long = "field_too_long";
inline constexpr std::string_view parameter_unusable = "parameter_unusable";
inline constexpr std::string_view checkout_without_value = "checkout_without_value";
inline constexpr std::string_view contents_left_out = "contents_left_out";
inline constexpr std::string_view item_id_not_mapped = "item_id_not_mapped";
inline constexpr std::string_view list_left_out = "list_left_out";

inline constexpr std::array all = {
    event_id_derived,   event_time_replaced,    action_source_unknown, identifier_dropped,     address_not_public,
    clear_text_removed, value_invalid,          value_from_items,      value_without_currency, currency_invalid,
    item_without_id,    item_price_invalid,     quantity_invalid,      field_invalid,          field_too_long,
    parameter_unusable, checkout_without_value, contents_left_out,     item_id_not_mapped,     list_left_out};
}  // namespace warnings

}  // namespace pinrelay::destinations::pinterest
