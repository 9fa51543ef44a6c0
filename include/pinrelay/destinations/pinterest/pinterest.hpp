#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pinrelay/core/secret.hpp"
#include "pinrelay/destination/destination.hpp"
#include "pinrelay/model/value.hpp"

namespace pinrelay::destinations::pinterest {

enum class Profile { Standard, Extended };  // design.md 7: which table maps names
enum class PhoneHash { Both, E164, Digits };
enum class NumItems { Quantities, Lines };
enum class ClickIdSource { Field, Url, Cookie };
enum class ClientIp { Full, Truncated, None };  // how much of the visitor's address is stored and sent
enum class LatePolicy { Send, Drop };
enum class UnknownEvents { Drop, Custom };
enum class CustomName { ContentName, EventName };  // where the name of a `custom` event travels

// One parameter set by the operator: from a place in the event as it arrived, or a constant.
struct ParameterRule {
    std::string target;  // "custom_data.content_name", "event_source_url" …: a key of the closed schema
    std::optional<std::string> pointer;  // RFC 6901, into Event::source
    std::optional<model::Value> constant;
};

// What the operator changed for one GA4 event name ("*" for every event).
struct EventRule {
    std::string ga4_name;
    bool drop = false;
    std::optional<std::string> pinterest_name;  // rename; "custom" with `custom_name`
    std::optional<std::string> custom_name;
    std::vector<ParameterRule> parameters;
};

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
    std::vector<ClickIdSource> click_id_order{ClickIdSource::Field, ClickIdSource::Url, ClickIdSource::Cookie};
    bool external_id_lower_case = true;
    bool external_id_from_client_id = false;
    ClientIp client_ip = ClientIp::Full;
    LatePolicy late_policy = LatePolicy::Send;
    std::optional<std::string> partner_name;
    bool test_mode = false;
};

// Pinterest's Conversions API v5 for one ad account. Throws std::invalid_argument, with a sentence that names what is
// wrong, for settings that cannot work (an id that is no number, a rule whose target the schema does not know).
std::unique_ptr<destination::Destination> make_pinterest(Settings settings);

// The event names of Pinterest's list (pinterest-api.md section 5), for documents and the mock's test.
const std::vector<std::string>& standard_event_names();

}  // namespace pinrelay::destinations::pinterest
