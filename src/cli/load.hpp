#pragma once

#include "commands.hpp"
#include "pinrelay/config/config.hpp"

namespace pinrelay::cli {

// The configuration with everything that is wrong with it, or can hardly be right: what config sees and what the
// modules see.
config::Loaded load_checked(const Options& options);

}  // namespace pinrelay::cli
