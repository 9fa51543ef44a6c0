#include "pinrelay/ingest/warning_advice.hpp"

#include <algorithm>
#include <array>

namespace pinrelay::ingest {
namespace {

struct WarningAdvice {
    std::string_view code;
    std::string_view text;
};

constexpr std::string_view look_at_the_value = "correct the value where the event is made";
constexpr std::string_view name_the_proxies = "add the proxy's network to collect.trusted_proxies: docs/deploy.md";
constexpr std::string_view let_the_server_vouch =
    "give the server that sends it a key, or add its network to allow_networks: docs/access.md";
constexpr std::string_view send_fewer_items = "send fewer items in one event; the value and num_items are complete";

constexpr std::array warning_rows = {
    WarningAdvice{"event_id_derived",
              "send an event_id, the same one as the browser's tag sends, so that Pinterest counts the event once"},
    WarningAdvice{"event_time_replaced", "look at the sender's clock and at the unit of its time"},
    WarningAdvice{"action_source_unknown", "send action_source as web, app_android, app_ios or offline"},
    WarningAdvice{"identifier_dropped",
              "correct what fills this field; for phones without a country code set mapping.default_region"},
    WarningAdvice{"address_not_public",
              "look at what names the visitor's address: a proxy in front, or the server that sends the event"},
    WarningAdvice{"proxy_not_trusted", name_the_proxies},
    WarningAdvice{"address_unknown",
              "let the proxy write the visitor's address into the header that collect.forwarded_header names"},
    WarningAdvice{"address_not_believed", let_the_server_vouch},
    WarningAdvice{"user_agent_not_believed", let_the_server_vouch},
    WarningAdvice{"query_not_signed", "put it into the body, which the signature covers"},
    WarningAdvice{"clear_text_removed",
              "keep people's data out of URLs, ids and texts; send it in user_data, where it is hashed"},
    WarningAdvice{"value_invalid", "send value as a number of zero or more, such as 79.99"},
    WarningAdvice{"value_from_items", "send value, if the sum of the items is not what the order is worth"},
    WarningAdvice{"value_without_currency", "send currency, or set mapping.default_currency"},
    WarningAdvice{"checkout_without_value", "send value and currency with each purchase; Pinterest bids by them"},
    WarningAdvice{"currency_invalid", "send currency as a three-letter code, such as EUR"},
    WarningAdvice{"item_without_id", "send item_id as it stands in the catalogue"},
    WarningAdvice{"item_id_not_mapped", "add the id to the file of mapping.item_id_map_file"},
    WarningAdvice{"contents_left_out", send_fewer_items},
    WarningAdvice{"item_price_invalid", "send price as a number of zero or more, such as 79.99"},
    WarningAdvice{"quantity_invalid", "send quantity as a whole number"},
    WarningAdvice{"field_invalid", look_at_the_value},
    WarningAdvice{"field_too_long", look_at_the_value},
    WarningAdvice{"parameter_unusable", "look at the rule's JSON pointer, and at the value that stands there"},
    WarningAdvice{"consent_region_unknown",
              "send the visitor's choice with the event, or the default that holds for the visitor's region alone"},
    WarningAdvice{"items_left_out", send_fewer_items},
    WarningAdvice{"items_unreadable", "send items as a list of objects: docs/formats.md"},
    WarningAdvice{"key_misspelt", "correct the key where the event is made"},
    WarningAdvice{"list_left_out", "send the values of one person"},
    WarningAdvice{"parameters_left_out", "send fewer parameters in one event"},
    WarningAdvice{"shared_left_out", "let mapping rules point to what the event itself says, or send fewer events at once"},
    WarningAdvice{"url_cut", "shorten the URL: its end was not looked at"},
    WarningAdvice{"time_corrected", "look at the sender's clock"},
};

}  // namespace

std::string_view warning_advice(std::string_view code) noexcept {
    const auto* const row = std::ranges::find(warning_rows, code, &WarningAdvice::code);
    return row == warning_rows.end() ? std::string_view() : row->text;
}

}  // namespace pinrelay::ingest
