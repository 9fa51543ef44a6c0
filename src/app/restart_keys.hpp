#pragma once

#include <optional>
#include <string>

#include "pinrelay/config/config.hpp"

namespace pinrelay::app {

// Which keys differ that a running relay cannot change, as a sentence; nothing when there are none. Pure.
std::optional<std::string> needs_restart(const config::Config& running, const config::Config& wanted);

}  // namespace pinrelay::app
