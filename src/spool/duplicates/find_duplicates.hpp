#pragma once

#include <vector>

#include "duplicate_guard.hpp"
#include "pinrelay/spool/spool.hpp"

namespace pinrelay::spool {

// The arrivals that would be duplicates, of remembered events or of each other. The guard remembers none of them.
Duplicates find_duplicates(const std::vector<Arrival>& arrivals, const DuplicateGuard& guard);

}  // namespace pinrelay::spool
