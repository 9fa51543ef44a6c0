#include "event_rules.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/ip/address.hpp>
#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "mock_pinterest/text.hpp"
#include "python_repr.hpp"

namespace pinrelay::mock {
namespace {

using nlohmann::json;

// Pinterest's list of 2026. Any other name is processed, but shown as an unknown event.
constexpr std::array<std::string_view, 22> standard_names{
    "page_visit",    "view_category", "search",      "add_to_cart",       "checkout",        "signup",
    "lead",          "watch_video",   "custom",      "add_payment_info",  "add_to_wishlist", "initiate_checkout",
    "subscribe",     "view_content",  "app_install", "app_open",          "contact",         "customize_product",
    "find_location", "schedule",      "start_trial", "submit_application"};

constexpr std::array<std::string_view, 4> action_sources{"web", "app_android", "app_ios", "offline"};

constexpr std::array hashed_keys = {"em", "ph", "fn", "ln",      "ge",          "db",
                                    "ct", "st", "zp", "country", "external_id", "hashed_maids"};

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

const json* find(const json& object, const char* key) {
    const auto found = object.find(key);
    return found == object.end() ? nullptr : &*found;
}

// The schema has been checked, so what is there has its type; nothing stands for absent and for null.
const std::string* find_text(const json& object, const char* key) {
    const json* value = find(object, key);
    return value == nullptr ? nullptr : value->get_ptr<const std::string*>();
}

// What Python's float() takes, which is what a server-side "parsed to double" comes to; not finite is no amount.
bool is_number(const std::string& text) {
    if (text.empty() || text.find_first_not_of("0123456789+-.eE") != std::string::npos) return false;
    char* end = nullptr;
    const double number = std::strtod(text.c_str(), &end);
    return *end == '\0' && std::isfinite(number);
}

bool is_currency(const std::string& text) {
    constexpr std::size_t letters = 3;
    return text.size() == letters && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool is_visitor_address(const std::string& text) {
    boost::system::error_code failed;
    const auto address = boost::asio::ip::make_address(text, failed);
    return !failed && !address.is_unspecified();
}

bool all_hashed(const json& list) {
    return std::ranges::all_of(list, [](const json& item) {
        const auto* text = item.get_ptr<const std::string*>();
        return text != nullptr && is_sha256_digest(*text);
    });
}

std::optional<std::string> age_error(std::int64_t event_time, std::chrono::system_clock::time_point now,
                                     const Policy& policy) {
    // In double, since a hostile event_time would overflow a subtraction of integers.
    const double age = static_cast<double>(std::chrono::system_clock::to_time_t(now)) - static_cast<double>(event_time);
    if (age > static_cast<double>(policy.maximum_age.count()))
        return "Invalid event_time: " + std::to_string(event_time) + " is too old";
    if (-age > static_cast<double>(policy.maximum_lead.count()))
        return "Invalid event_time: " + std::to_string(event_time) + " is in the future";
    return std::nullopt;
}

std::optional<std::string> amount_error(const json& object, const char* key) {
    const std::string* text = find_text(object, key);
    if (text == nullptr || is_number(*text)) return std::nullopt;
    return std::string("Invalid ") + key + ": " + python_quoted(*text) + " is not a number";
}

std::optional<std::string> amounts_error(const json& custom_data) {
    for (const char* key : {"value", "predicted_ltv"}) {
        if (auto error = amount_error(custom_data, key)) return error;
    }
    const json* contents = find(custom_data, "contents");
    if (contents == nullptr) return std::nullopt;
    for (const json& item : *contents) {
        if (auto error = amount_error(item, "item_price")) return error;
    }
    return std::nullopt;
}

std::optional<std::string> first_error(const json& event, std::chrono::system_clock::time_point now,
                                       const Policy& policy) {
    const std::string& name = *find_text(event, "event_name");
    const std::string& source = *find_text(event, "action_source");
    if (name.empty()) return "Invalid event_name: " + name;
    if (find_text(event, "event_id")->empty()) return "Invalid event_id: it is empty";
    if (!is_one_of(action_sources, source)) return "Invalid action_source: " + source;
    if (auto error = age_error(find(event, "event_time")->get<std::int64_t>(), now, policy)) return error;
    const json* emails = find(*find(event, "user_data"), "em");
    if (policy.plain_email_answers_422 && emails != nullptr && !all_hashed(*emails))
        return "'em' is not in sha256 hashed format";
    const json* custom_data = find(event, "custom_data");
    if (custom_data == nullptr) return std::nullopt;
    return amounts_error(*custom_data);
}

void warn(std::string& warnings, const std::string& warning) {
    if (!warnings.empty()) warnings += ';';
    warnings += warning;
}

void warn_about_user_data(std::string& warnings, const json& user_data) {
    const json* external_id = find(user_data, "external_id");
    if (external_id == nullptr || external_id->empty()) {
        warn(warnings, "external_id is missing, it is highly recommended for every event");
    }
    if (find_text(user_data, "click_id") == nullptr) {
        warn(warnings, "click_id is missing, it is highly recommended for every event");
    }
    for (const char* key : hashed_keys) {
        const json* list = find(user_data, key);
        if (list != nullptr && !all_hashed(*list)) {
            warn(warnings, "'" + std::string(key) + "' is not in sha256 hashed format");
        }
    }
    const std::string* address = find_text(user_data, "client_ip_address");
    if (address != nullptr && !is_visitor_address(*address))
        warn(warnings, "'client_ip_address' is not a valid IP address");
}

std::string all_warnings(const json& event) {
    std::string warnings;
    const std::string& name = *find_text(event, "event_name");
    if (!is_one_of(standard_names, name)) {
        warn(warnings,
             "event_name " + python_quoted(name) + " is not a standard event, it is labelled as an 'Unknown' event");
    }
    warn_about_user_data(warnings, *find(event, "user_data"));
    const json* custom_data = find(event, "custom_data");
    const std::string* currency = custom_data == nullptr ? nullptr : find_text(*custom_data, "currency");
    if (currency != nullptr && !is_currency(*currency)) warn(warnings, "'currency' is not an ISO 4217 code");
    return warnings;
}

}  // namespace

EventVerdict judge_event(const json& event, std::chrono::system_clock::time_point now, const Policy& policy) {
    EventVerdict verdict;
    const auto error = first_error(event, now, policy);
    verdict.processed = !error;
    verdict.error = error.value_or("");
    verdict.warning = all_warnings(event);
    return verdict;
}

}  // namespace pinrelay::mock
