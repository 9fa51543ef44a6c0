#pragma once

#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "pinrelay/decode/decoder.hpp"

// Decoded events as JSON to be read and compared. What is absent, empty or at its default is left out, and so is
// Event::source, which is the request itself.
namespace pinrelay::test {

using Json = nlohmann::ordered_json;

template <class T>
void add(Json& json, const char* key, const std::optional<T>& value) {
    if (value) json[key] = *value;
}

template <class T>
void add(Json& json, const char* key, const std::vector<T>& values) {
    if (!values.empty()) json[key] = values;
}

inline void add(Json& json, const char* key, Json object) {
    if (!object.empty()) json[key] = std::move(object);
}

inline void add(Json& json, const char* key, model::Grant grant) {
    if (grant != model::Grant::Unset) json[key] = grant == model::Grant::Granted ? "granted" : "denied";
}

inline Json to_json(const model::Item& item) {
    Json json = Json::object();
    add(json, "id", item.id);
    add(json, "name", item.name);
    add(json, "brand", item.brand);
    add(json, "category", item.category);
    add(json, "variant", item.variant);
    add(json, "price", item.price);
    add(json, "discount", item.discount);
    add(json, "quantity", item.quantity);
    add(json, "currency", item.currency);
    add(json, "list_name", item.list_name);
    return json;
}

inline Json to_json(const model::UserData& person) {
    Json json = Json::object();
    add(json, "emails", person.emails);
    add(json, "phones", person.phones);
    add(json, "first_names", person.first_names);
    add(json, "last_names", person.last_names);
    add(json, "genders", person.genders);
    add(json, "birth_dates", person.birth_dates);
    add(json, "cities", person.cities);
    add(json, "regions", person.regions);
    add(json, "postal_codes", person.postal_codes);
    add(json, "countries", person.countries);
    add(json, "external_ids", person.external_ids);
    add(json, "advertising_ids", person.advertising_ids);
    add(json, "partner_id", person.partner_id);
    return json;
}

inline Json to_json(const model::Consent& consent) {
    Json json = Json::object();
    add(json, "ad_storage", consent.ad_storage);
    add(json, "ad_user_data", consent.ad_user_data);
    add(json, "ad_personalization", consent.ad_personalization);
    if (consent.sale_opt_out) json["sale_opt_out"] = true;
    if (consent.follows_grant) {
        json["follows_grant"] = true;
        add(json, "before_choice", consent.before_choice);
    }
    return json;
}

inline Json to_json(const model::App& app) {
    Json json = Json::object();
    add(json, "id", app.id);
    add(json, "name", app.name);
    add(json, "package_name", app.package_name);
    add(json, "version", app.version);
    add(json, "store", app.store);
    return json;
}

inline Json to_json(const model::Device& device) {
    Json json = Json::object();
    add(json, "brand", device.brand);
    add(json, "model", device.model);
    add(json, "category", device.category);
    add(json, "carrier", device.carrier);
    add(json, "operating_system", device.operating_system);
    add(json, "operating_system_version", device.operating_system_version);
    add(json, "screen_resolution", device.screen_resolution);
    add(json, "wifi", device.wifi);
    add(json, "limited_ad_tracking", device.limited_ad_tracking);
    add(json, "advertiser_tracking_enabled", device.advertiser_tracking_enabled);
    return json;
}

inline void add_hit(Json& json, const model::Event& event) {
    add(json, "event_id", event.event_id);
    add(json, "transaction_id", event.transaction_id);
    if (event.time) json["time_in_microseconds"] = event.time->time_since_epoch().count();
    if (event.time_unreadable) json["time_unreadable"] = true;
    json["fingerprint"] = event.fingerprint;
    add(json, "page_location", event.page_location);
    add(json, "page_referrer", event.page_referrer);
    add(json, "page_title", event.page_title);
    add(json, "language", event.language);
    add(json, "ip_address", event.ip_address);
    add(json, "user_agent", event.user_agent);
    add(json, "client_id", event.client_id);
    add(json, "user_id", event.user_id);
    add(json, "click_id", event.click_id);
    add(json, "cookie_click_id", event.cookie_click_id);
    add(json, "measurement_id", event.measurement_id);
    add(json, "app_instance_id", event.app_instance_id);
    add(json, "action_source", event.action_source);
    if (event.debug_mode) json["debug_mode"] = true;
    add(json, "traffic_type", event.traffic_type);
}

inline void add_act(Json& json, const model::Event& event) {
    add(json, "value", event.value);
    add(json, "currency", event.currency);
    add(json, "coupon", event.coupon);
    add(json, "predicted_ltv", event.predicted_ltv);
    add(json, "customer_type", event.customer_type);
    add(json, "search_term", event.search_term);
    add(json, "item_list_name", event.item_list_name);
    add(json, "content_name", event.content_name);
    add(json, "content_category", event.content_category);
    add(json, "content_brand", event.content_brand);
    Json items = Json::array();
    for (const model::Item& item : event.items) items.push_back(to_json(item));
    add(json, "items", std::move(items));
}

inline Json to_json(const model::Event& event) {
    Json json = Json::object();
    json["name"] = event.name;
    add_hit(json, event);
    add_act(json, event);
    add(json, "user_data", to_json(event.user_data));
    add(json, "consent", to_json(event.consent));
    add(json, "opt_out", event.opt_out);
    add(json, "opt_out_type", event.opt_out_type);
    add(json, "app", to_json(event.app));
    add(json, "device", to_json(event.device));
    json["sender"] = event.sender == model::Sender::Browser ? "browser" : "server";
    return json;
}

inline Json to_json(const decode::Rejection& rejection) {
    Json json = Json::object();
    json["rejected"] = std::string(decode::to_string(rejection.code));
    json["field"] = rejection.field;
    return json;
}

inline Json to_json(const decode::Ignored& ignored) {
    Json json = Json::object();
    json["ignored"] = std::string(ignored.reason);
    return json;
}

// A rejection of the whole as an object, members as an array.
inline Json to_json(const decode::Decoded& decoded) {
    if (const auto* rejection = std::get_if<decode::Rejection>(&decoded)) return to_json(*rejection);
    Json json = Json::array();
    for (const decode::Member& member : std::get<decode::Members>(decoded)) {
        json.push_back(std::visit([](const auto& one) { return to_json(one); }, member));
    }
    return json;
}

}  // namespace pinrelay::test
