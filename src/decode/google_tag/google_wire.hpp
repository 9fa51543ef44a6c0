#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "pinrelay/decode/decoder.hpp"

namespace pinrelay::decode {

// Whether the query or the body speaks Google's own wire protocol in that version.
bool has_version(const Input& input, std::string_view version);

// Whether the query or the body is a hit of Google's own wire formats: protocol `version` and, in either, `name_key`.
bool is_wire_hit(const Input& input, std::string_view version, std::string_view name_key);

// The hits of a body, one per line that is not blank; a carriage return before the line feed is no part of it. At most
// `limit` and one, so that more than `limit` can be told.
std::vector<std::string_view> split_hits(std::string_view body, std::size_t limit);

}  // namespace pinrelay::decode
