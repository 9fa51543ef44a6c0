#pragma once

#include <optional>

#include "destinations/pinterest/key_path.hpp"
#include "destinations/pinterest/notes.hpp"
#include "destinations/pinterest/schema.hpp"
#include "pinrelay/model/arena.hpp"

namespace pinrelay::destinations::pinterest {

// A brand name is not worth the event: what does not fit the schema and may be absent is left out, at every level, each
// with a warning. That is a key that the schema does not know, a text that is too long, a value of the wrong type or
// out of bounds, a list's entries that are wrong or beyond its limit, and an object or a list that holds nothing then.
// Flaws of required keys stay, for the gate. What is new is in the arena.

// What is left of one key's value; nothing where nothing is.
std::optional<model::Value> without_flaws(const Field& field, const model::Value& value, const KeyPath& place,
                                          model::Arena& arena, Notes& notes);

// What is left of a whole event.
model::Value without_flaws(const model::Value& event, model::Arena& arena, Notes& notes);

}  // namespace pinrelay::destinations::pinterest
