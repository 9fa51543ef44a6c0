#pragma once

#include <string>

#include "pinrelay/config/config.hpp"

namespace pinrelay::cli {

// What a configuration without problems puts in force, in lines for people: accounts, proxies, origins, consent, debug
// answers, test mode. Holds no secret. Pure.
std::string summary(const config::Config& config);

}  // namespace pinrelay::cli
