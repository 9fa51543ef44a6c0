#pragma once

#include <string>
#include <string_view>

namespace pinrelay::decode {

// A key in snake case: "billingEmail" and "BillingEmail" are "billing_email", "userID" is "user_id", "IPAddress" is
// "ip_address". Nothing else changes.
std::string in_snake_case(std::string_view key);

// Whether in_snake_case changes it.
bool has_upper_case(std::string_view key) noexcept;

}  // namespace pinrelay::decode
