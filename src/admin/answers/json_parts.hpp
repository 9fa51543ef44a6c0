#pragma once

#include <string_view>

#include "admin/account_json.hpp"
#include "pinrelay/core/json_writer.hpp"
#include "pinrelay/http/message.hpp"

// What the JSON answers of the admin port share. Times are Unix seconds.
namespace pinrelay::admin {

inline void write_flag(JsonWriter& json, std::string_view name, bool flag) {
    json.key(name);
    json.raw(flag ? "true" : "false");
}

inline http::Response json_answer(JsonWriter& json, int status = 200) {
    return {status, {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}}, json.take() + "\n"};
}

}  // namespace pinrelay::admin
