#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "report.hpp"

namespace pinrelay::config {

// Reads `require` of an account: an object of lists, keyed by the name of an event. The names themselves are checked by
// app::check, which knows what the account sends.
void read_require(const nlohmann::json& value, const std::string& shown, std::vector<Requirement>& require,
                  const Report& report);

}  // namespace pinrelay::config
