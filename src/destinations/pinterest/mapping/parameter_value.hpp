#pragma once

#include <optional>

#include "destinations/pinterest/schema.hpp"
#include "pinrelay/model/arena.hpp"
#include "pinrelay/model/event.hpp"
#include "pinrelay/model/value.hpp"

namespace pinrelay::destinations::pinterest {

// The texts of a scalar or of a list of scalars; nothing for an object, or a list that holds anything else.
std::optional<model::Texts> texts_of(const model::Value& value);

// The value as the type wants it: 5 as "5" for a text, "5" as 5 for a number, "true" as true. Nothing where there is
// no such reading. Limits are the gate's. What is new is in the arena.
std::optional<model::Value> converted(const model::Value& value, Type type, model::Arena& arena);

}  // namespace pinrelay::destinations::pinterest
