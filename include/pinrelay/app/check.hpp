#pragma once

#include <vector>

#include "pinrelay/config/config.hpp"
#include "pinrelay/core/logger.hpp"

namespace pinrelay::app {

// Adds to what `config::load` has found the problems and warnings that only the modules can find: an endpoint without
// https, a mapping target that Pinterest's schema lacks, a proxy that is no address, a certificate without its key, a
// data directory that cannot be written. Each part looks at what it can, whatever another one has found; nothing is
// said about a value that is in doubt. Without problems then, `start` can use the configuration. Opens the files that
// the configuration names, and changes nothing.
void check(config::Loaded& loaded);

// One warning in the log for each.
void log_warnings(const std::vector<config::Problem>& warnings, Logger& logger);

}  // namespace pinrelay::app
