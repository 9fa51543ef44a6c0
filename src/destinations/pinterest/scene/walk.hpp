#pragma once

#include <optional>
#include <span>

#include "destinations/pinterest/json_object.hpp"
#include "destinations/pinterest/notes.hpp"
#include "destinations/pinterest/schema.hpp"
#include "scene.hpp"

namespace pinrelay::destinations::pinterest {

// The value of one key that is no closed object; nothing where the event has none.
std::optional<model::Value> made(const Field& field, Scene& scene, Notes& notes);

// An object with all of the keys that have a value, in the table's order. None of them is a closed object.
model::Value made(std::span<const Field> fields, Scene& scene, Notes& notes);

}  // namespace pinrelay::destinations::pinterest
