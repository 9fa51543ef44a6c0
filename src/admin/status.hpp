#pragma once

#include <optional>
#include <string>

#include "pinrelay/admin/status.hpp"

namespace pinrelay::admin {

// The body of GET /status. `not_ready`: why the relay is not ready; nothing where it is.
std::string status_json(const StatusReport& report, const std::optional<std::string>& not_ready);

}  // namespace pinrelay::admin
