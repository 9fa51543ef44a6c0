#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/core/json_writer.hpp"
#include "pinrelay/http/message.hpp"

// What the JSON answers of the admin port share. Times are Unix seconds.
namespace pinrelay::admin {

inline void write_number(JsonWriter& json, std::string_view name, std::uint64_t number) {
    json.key(name);
    json.raw(std::to_string(number));
}

inline void write_flag(JsonWriter& json, std::string_view name, bool flag) {
    json.key(name);
    json.raw(flag ? "true" : "false");
}

inline void write_time(JsonWriter& json, std::string_view name, const std::optional<Time>& time) {
    if (!time) return;
    json.key(name);
    json.raw(std::to_string(std::chrono::floor<std::chrono::seconds>(time->time_since_epoch()).count()));
}

inline http::Response json_answer(JsonWriter& json, int status = 200) {
    return {status, {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}}, json.take() + "\n"};
}

}  // namespace pinrelay::admin
