#include "finished_event.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "email.hpp"
#include "require.hpp"

namespace pinrelay::fuzz {
namespace {

using nlohmann::json;
using Keys = std::set<std::string, std::less<>>;

const Keys& keys_at(const std::string& place) {
    static const std::map<std::string, Keys> keys = {
        {"",
         {"event_name",
          "action_source",
          "event_time",
          "event_id",
          "event_source_url",
          "opt_out",
          "partner_name",
          "user_data",
          "custom_data",
          "app_info",
          "device_info",
          "language",
          "advertiser_tracking_enabled",
          "app_id",
          "app_name",
          "app_version",
          "device_brand",
          "device_carrier",
          "device_model",
          "device_type",
          "os_version",
          "wifi"}},
        {"user_data",
         {"em", "ph", "external_id", "fn", "ln", "ge", "db", "ct", "st", "zp", "country", "hashed_maids",
          "client_ip_address", "client_user_agent", "click_id", "partner_id", "customer_type"}},
        {"custom_data",
         {"currency", "value", "order_id", "content_ids", "contents", "num_items", "search_string", "content_name",
          "content_category", "content_brand", "predicted_ltv", "opt_out_type", "np", "external_measurement_id",
          "external_measurement_vendor_id"}},
        {"custom_data.contents",
         {"id", "item_name", "item_category", "item_brand", "item_brand_id", "item_price", "quantity"}},
        {"app_info",
         {"app_id", "app_name", "app_package_name", "app_store", "app_version", "install_time", "user_agent",
          "window_width", "window_height"}},
        {"device_info",
         {"brand",
          "model",
          "type",
          "carrier",
          "form_factor",
          "os_family",
          "os_name",
          "os_version",
          "os_release_name",
          "kernel_version",
          "network_type",
          "locale",
          "timezone",
          "timezone_abbr",
          "languages",
          "battery_level",
          "cpu_cores",
          "screen_width",
          "screen_height",
          "screen_density",
          "storage_size",
          "storage_free_space",
          "external_storage_size",
          "external_storage_free_space"}},
    };
    const auto found = keys.find(place);
    require(found != keys.end(), "an object stands only where the schema has one");
    return found->second;
}

// Sent as they are by Pinterest's wish, whatever stands in them.
bool is_sent_as_it_is(const std::string& place) {
    static const Keys places = {"user_data.client_user_agent", "user_data.click_id"};
    return places.contains(place);
}

bool is_of_digests(const std::string& place) {
    static const Keys places = {"user_data.em", "user_data.ph", "user_data.external_id",  "user_data.fn",
                                "user_data.ln", "user_data.ge", "user_data.db",           "user_data.ct",
                                "user_data.st", "user_data.zp", "user_data.hashed_maids", "user_data.country"};
    return places.contains(place);
}

bool is_digest(const std::string& text) {
    constexpr std::size_t digits = 64;
    return text.size() == digits && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

void check_text(const std::string& text, const std::string& place) {
    require(!text.empty(), "no text is empty");
    require(is_sent_as_it_is(place) || !has_email(text), "no e-mail address stands in clear");
    if (is_of_digests(place)) require(is_digest(text), "people's data is there as digests only");
}

// By places as "custom_data.contents": an array's members stand where it does.
void check_value(const json& value, const std::string& place) {
    if (value.is_string()) return check_text(value.get_ref<const std::string&>(), place);
    if (value.is_array()) {
        require(!value.empty(), "no list is empty");
        for (const json& member : value) check_value(member, place);
    }
    if (!value.is_object()) return;
    const Keys& keys = keys_at(place);
    for (const auto& [key, member] : value.items()) {
        require(keys.contains(key), "no key is outside the schema");
        check_value(member, place.empty() ? key : place + "." + key);
    }
}

void check_head(const json& event, const model::Record& record) {
    for (const char* key : {"event_name", "action_source", "event_time", "event_id", "user_data"})
        require(event.contains(key), "the required keys are there");
    require(event["event_name"] == record.event_name, "the record's name is the event's");
    require(event["event_id"] == record.event_id, "the record's id is the event's");
    const auto seconds = std::chrono::floor<std::chrono::seconds>(record.event_time).time_since_epoch().count();
    require(event["event_time"] == seconds, "the record's time is the event's");
    require((event["action_source"] != "offline") == record.deduplicated, "offline events are never folded");
}

bool can_match(const json& person) {
    return person.contains("em") || person.contains("hashed_maids") ||
           (person.contains("client_ip_address") && person.contains("client_user_agent"));
}

}  // namespace

void check_finished(const model::Record& record) {
    require(!record.destination.empty() && !record.event_label.empty(), "a record has a destination and a label");
    require(!has_email(record.source_name), "no e-mail address stands in the name as it came");
    const json event = json::parse(record.body, nullptr, false);
    require(event.is_object(), "the finished event is an object in JSON and UTF-8");
    check_value(event, "");
    check_head(event, record);
    require(can_match(event["user_data"]), "Pinterest can match the event to somebody");
}

}  // namespace pinrelay::fuzz
