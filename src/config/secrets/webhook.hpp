#pragma once

#include "config/report.hpp"
#include "pinrelay/config/config.hpp"

namespace pinrelay::config {

// Finds the URL of the alarms where the configuration says that it is. The URL is never put into a report.
void resolve_webhook(Config& config, const Environment& environment, const Report& report);

}  // namespace pinrelay::config
