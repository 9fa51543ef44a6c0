#pragma once

#include <optional>
#include <span>

#include "destinations/pinterest/json_object.hpp"
#include "destinations/pinterest/notes.hpp"
#include "destinations/pinterest/schema.hpp"
#include "scene.hpp"

namespace pinrelay::destinations::pinterest {

// The value of one key; nothing where the event has none. A required object is there even if nothing is in it.
std::optional<model::Value> made(const Field& field, Scene& scene, Notes& notes);

// All keys of an object that have a value, in the table's order.
Object made(std::span<const Field> fields, Scene& scene, Notes& notes);

}  // namespace pinrelay::destinations::pinterest
