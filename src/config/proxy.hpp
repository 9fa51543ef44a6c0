#pragma once

#include "pinrelay/config/config.hpp"

namespace pinrelay::config {

// Where `delivery.proxy` is empty, the proxy of the environment, as curl takes it: https_proxy or HTTPS_PROXY, and not
// for what no_proxy or NO_PROXY names. "none" becomes none.
void resolve_proxy(Config& config, const Environment& environment);

}  // namespace pinrelay::config
