#pragma once

#include <string>
#include <vector>

#include "pinrelay/config/config.hpp"

namespace pinrelay::app {

// The mistakes that only the modules can find: an endpoint without https, a mapping target that Pinterest's schema
// lacks, a proxy that is no address, a certificate without its key. `where` names their source: the configuration's
// file, or "environment". Empty where `start` can use the configuration. Opens the files that it names.
std::vector<config::Problem> check(const config::Config& config, const std::string& where);

}  // namespace pinrelay::app
