#pragma once

#include <optional>
#include <string>
#include <vector>

#include "destinations/pinterest/schema.hpp"
#include "pinrelay/model/value.hpp"

namespace pinrelay::destinations::pinterest {

// The texts of a scalar or of a list of scalars; nothing for an object, or a list that holds anything else.
std::optional<std::vector<std::string>> texts_of(const model::Value& value);

// The value as the type wants it: 5 as "5" for a text, "5" as 5 for a number, "true" as true. Nothing where there is
// no such reading. Limits are the gate's.
std::optional<model::Value> converted(const model::Value& value, Type type);

}  // namespace pinrelay::destinations::pinterest
