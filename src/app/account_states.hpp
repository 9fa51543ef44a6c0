#pragma once

#include <vector>

#include "live_configuration.hpp"
#include "outlets.hpp"
#include "pinrelay/admin/admin_handler.hpp"
#include "pinrelay/spool/spool.hpp"

namespace pinrelay::app {

// How each account of the configuration fares. Call it on the control context's thread.
std::vector<admin::AccountState> account_states(const LiveConfiguration& live, const Outlets& outlets,
                                                const spool::Spool& spool);

}  // namespace pinrelay::app
