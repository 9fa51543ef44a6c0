#pragma once

#include <string_view>
#include <variant>

#include "pinrelay/model/value.hpp"

namespace pinrelay::model {

// What `parse_json` documents, by nlohmann's parser: it tells what is wrong, and where. Thread-safe.
std::variant<Value, ParseError> strict_json(std::string_view text, Arena& arena, ParseLimits limits);

}  // namespace pinrelay::model
