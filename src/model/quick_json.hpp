#pragma once

#include <optional>
#include <string_view>

#include "pinrelay/model/value.hpp"

namespace pinrelay::model {

// The value of a well-formed document within the limits, in a fifth of the time that `parse_json` takes to find out
// what is wrong with another. Nothing for all others, and for the few well-formed ones that this parser does not take:
// a document that is one scalar, a byte order mark in front. Thread-safe.
std::optional<Value> quick_json(std::string_view text, Arena& arena, ParseLimits limits);

}  // namespace pinrelay::model
