#pragma once

#include "pinrelay/decode/decoder.hpp"

namespace pinrelay::decode {

// Strips a byte order mark and outer white space from the body and, where it begins like a JSON object or array, parses
// it. The content type is ignored.
Input prepare(const http::Request& request);

// Whether a text that could not be parsed goes deeper than `depth` before it ends or breaks off at `offset`.
bool exceeds_depth(std::string_view json, std::size_t offset, std::size_t depth) noexcept;

}  // namespace pinrelay::decode
