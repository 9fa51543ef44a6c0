#pragma once

#include "pinrelay/decode/decoder.hpp"

namespace pinrelay::decode {

// Strips a byte order mark and outer white space from the body and, where it begins like a JSON object or array, parses
// it. The content type is ignored.
Input prepare(const http::Request& request, model::Arena& arena);

}  // namespace pinrelay::decode
