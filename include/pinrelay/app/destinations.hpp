#pragma once

#include <memory>
#include <vector>

#include "pinrelay/config/config.hpp"
#include "pinrelay/destination/destination.hpp"

namespace pinrelay::app {

// One destination per account, in the order of the configuration. Throws std::invalid_argument for settings that
// `check` reports.
std::vector<std::unique_ptr<destination::Destination>> make_destinations(const config::Config& config);

}  // namespace pinrelay::app
