#pragma once

#include <vector>

#include "pinrelay/config/config.hpp"
#include "report.hpp"

namespace pinrelay::config {

// Accounts that no event can reach, since one before them takes all of theirs or none of their paths is served.
// Accounts whose routes are in doubt are left out. Pure.
void report_unreachable(const Config& config, const Origins& origins, const Report& report);

}  // namespace pinrelay::config
