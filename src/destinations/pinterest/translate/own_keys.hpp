#pragma once

#include "destinations/pinterest/json_object.hpp"
#include "destinations/pinterest/notes.hpp"

namespace pinrelay::destinations::pinterest {

// Adds what a sender of Pinterest's own form says in `device_info` and `app_info` and no field of the event stands for
// ("timezone", "storage_size"), as far as it fits the schema. `source` is the event as it arrived.
void put_own_keys(Object& event, const model::Value& source, Notes& notes);

}  // namespace pinrelay::destinations::pinterest
