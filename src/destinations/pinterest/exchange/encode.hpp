#pragma once

#include <string>
#include <vector>

#include "pinrelay/destination/destination.hpp"
#include "pinrelay/destinations/pinterest/settings.hpp"

namespace pinrelay::destinations::pinterest {

// The request that carries these finished events: a join of their bodies, never parsed again.
http::Request encode(const std::vector<model::StoredRecord>& batch, const Settings& settings);

}  // namespace pinrelay::destinations::pinterest
