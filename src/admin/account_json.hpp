#pragma once

#include <optional>
#include <string_view>

#include "pinrelay/admin/status.hpp"
#include "pinrelay/core/json_writer.hpp"

// Members of the admin port's JSON answers. Times are Unix seconds.
namespace pinrelay::admin {

void write_number(JsonWriter& json, std::string_view name, std::uint64_t number);
void write_time(JsonWriter& json, std::string_view name, std::optional<Time> time);

// The members of an account, without the braces around them.
void write_account(JsonWriter& json, const AccountState& account);

}  // namespace pinrelay::admin
