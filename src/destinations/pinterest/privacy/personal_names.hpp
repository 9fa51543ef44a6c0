#pragma once

#include <string_view>

namespace pinrelay::destinations::pinterest {

// Whether a parameter of a URL is named for a person's data or for a secret: "email", "billing_first_name",
// "customer[phone]", "access-token". Percent-encoding, case and separators do not count. docs/mapping.md lists the
// names.
bool is_personal_name(std::string_view name);

}  // namespace pinrelay::destinations::pinterest
