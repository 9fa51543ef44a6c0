#pragma once

#include <chrono>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

// Events for the mock's tests: good ones, and good ones with one thing changed.
namespace pinrelay::mock::test {

using nlohmann::json;

inline const std::string digest(64, 'a');
inline const std::string account = "549755813888";

inline std::int64_t seconds_now() { return std::chrono::system_clock::to_time_t(std::chrono::system_clock::now()); }

inline json user_data() {
    return {{"em", {digest}},
            {"external_id", {digest}},
            {"client_ip_address", "203.0.113.45"},
            {"client_user_agent", "Mozilla/5.0"},
            {"click_id", "dj0yJnU9abc"}};
}

// An event that earns not even a warning.
inline json event(const std::string& id = "event-1") {
    return {{"event_name", "checkout"},    {"action_source", "web"},
            {"event_time", seconds_now()}, {"event_id", id},
            {"user_data", user_data()},    {"custom_data", {{"value", "79.99"}, {"currency", "USD"}}}};
}

inline json body_of(std::initializer_list<json> events) { return {{"data", json::array_t(events)}}; }

// `count` events named event-1, event-2 …
inline json body_with(std::size_t count) {
    json data = json::array();
    for (std::size_t i = 1; i <= count; ++i) data.push_back(event("event-" + std::to_string(i)));
    return {{"data", data}};
}

}  // namespace pinrelay::mock::test
