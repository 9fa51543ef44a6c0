#pragma once

#include <string>

namespace pinrelay::cli {

// "pinrelay 0.1.0".
std::string version_text();

// The same, with how it was built and the versions of its libraries: what a report of a fault needs, and nothing of
// this machine, its environment or its configuration.
std::string verbose_version_text();

}  // namespace pinrelay::cli
