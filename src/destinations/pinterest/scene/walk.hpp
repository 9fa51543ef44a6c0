#pragma once

#include <optional>
#include <span>

#include "destinations/pinterest/json_object.hpp"
#include "destinations/pinterest/schema.hpp"
#include "destinations/pinterest/warning_list.hpp"
#include "scene.hpp"

namespace pinrelay::destinations::pinterest {

// The value of one key; nothing where the event has none. A required object is there even if nothing is in it.
std::optional<model::Value> made(const Field& field, Scene& scene, WarningList& warnings);

// All keys of an object that have a value, in the table's order.
Object made(std::span<const Field> fields, Scene& scene, WarningList& warnings);

}  // namespace pinrelay::destinations::pinterest
