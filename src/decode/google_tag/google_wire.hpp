#pragma once

#include <string_view>

#include "pinrelay/decode/decoder.hpp"

namespace pinrelay::decode {

// Whether the query or the body speaks Google's own wire protocol in that version.
bool has_version(const Input& input, std::string_view version);

// Whether the query or the body is a hit of Google's own wire formats: protocol `version` and, in either, `name_key`.
bool is_wire_hit(const Input& input, std::string_view version, std::string_view name_key);

}  // namespace pinrelay::decode
