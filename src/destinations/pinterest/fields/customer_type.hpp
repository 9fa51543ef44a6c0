#pragma once

#include "destinations/pinterest/scene/walk.hpp"

namespace pinrelay::destinations::pinterest::make {

// "new" or "returning", from the words that senders have for them, in any case; nothing for any other word.
std::optional<model::Value> customer_type(const Field&, Scene& scene, Notes& notes);

}  // namespace pinrelay::destinations::pinterest::make
