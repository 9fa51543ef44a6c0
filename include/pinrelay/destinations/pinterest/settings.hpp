#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pinrelay/core/secret.hpp"
#include "pinrelay/destinations/pinterest/item_id_map.hpp"
#include "pinrelay/model/value.hpp"

namespace pinrelay::destinations::pinterest {

enum class Profile { Standard, Extended };  // the table that maps event names; docs/mapping.md prints both
enum class PhoneHash { Both, E164, Digits };
enum class NumItems { Quantities, Lines };
enum class ClickIdSource { Field, Url, Cookie };
enum class ClientIp { Full, Truncated, None };  // the part of the visitor's address that is stored and sent
enum class LatePolicy { Send, Drop };
enum class UnknownEvents { Drop, Custom };
enum class CustomName { ContentName, EventName };  // the field that carries the name of a custom event

// One parameter set by the operator. Exactly one of `pointer` and `constant` is set.
struct ParameterRule {
    // A key of the closed schema: "custom_data.content_name", "event_source_url", "custom_data.contents[].item_brand".
    std::string target;
    std::optional<std::string> pointer;  // RFC 6901, into Event::source; behind "contents[]" into each Item::source
    std::optional<model::Document> constant;
};

// The operator's mapping rule for one GA4 event name. The name "*" is a rule for every event.
struct EventRule {
    std::string ga4_name;
    bool drop = false;
    std::optional<std::string> pinterest_name;  // the new name; "custom" only together with `custom_name`
    std::optional<std::string> custom_name;
    std::vector<ParameterRule> parameters;
};

// How the ids of items become those of the catalogue: the first field that says something, then the map, then what is
// put before and behind. An id that the map lacks goes on as it is.
struct ItemIds {
    // "item_id", "item_variant" and "item_name" as decoders read them; any other key, or a JSON pointer (RFC 6901), is
    // looked up in Item::source. Not empty.
    std::vector<std::string> fields{"item_id"};
    std::shared_ptr<const ItemIdMap> map;  // null pointer: none
    std::string prefix;
    std::string suffix;
};

// All settings of one ad account. Plain data: `make_pinterest` checks it.
struct Settings {
    std::string ad_account_id;  // 1 to 18 digits
    Secret access_token;
    Profile profile = Profile::Standard;
    std::vector<EventRule> rules;
    bool forward_page_view = true;
    UnknownEvents unknown_events = UnknownEvents::Drop;
    CustomName custom_name = CustomName::ContentName;
    std::optional<std::string> default_currency;  // ISO 4217
    std::optional<std::string> default_region;    // ISO 3166-1 alpha-2: for phones and postal codes without a country
    PhoneHash phone_hash = PhoneHash::Both;
    NumItems num_items = NumItems::Quantities;
    ItemIds item_ids;
    std::size_t max_contents = 200;  // of one event; more items still count in value, num_items and content_ids
    std::vector<ClickIdSource> click_id_order{ClickIdSource::Field, ClickIdSource::Url, ClickIdSource::Cookie};
    bool external_id_lower_case = true;
    bool external_id_from_client_id = false;
    bool external_id_from_pin_unauth = true;  // the cookie of Pinterest's tag, where no other id is known
    bool advertiser_tracking = true;          // sends advertiser_tracking_enabled, of apps only
    ClientIp client_ip = ClientIp::Full;
    LatePolicy late_policy = LatePolicy::Send;
    std::optional<std::string> partner_name;
    bool test_mode = false;
};

}  // namespace pinrelay::destinations::pinterest
