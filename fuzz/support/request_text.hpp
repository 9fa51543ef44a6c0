#pragma once

#include <string_view>

#include "pinrelay/http/message.hpp"

namespace pinrelay::fuzz {

// The request that an input spells out, so that a find can be read and written by hand:
//
//     POST /collect?v=2
//     User-Agent: Mozilla/5.0
//
//     body, byte for byte
//
// Anything is a request: what is missing has its default, a header line without a colon is passed over.
http::Request read_request(std::string_view text);

}  // namespace pinrelay::fuzz
