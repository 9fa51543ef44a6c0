#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "report.hpp"

namespace pinrelay::config {

// Reads `mapping.events`, an object keyed by GA4 name, and lays its rows over those already there, name by name.
void read_events(const nlohmann::json& value, const std::string& shown, std::vector<EventMapping>& events,
                 const Report& report);

}  // namespace pinrelay::config
