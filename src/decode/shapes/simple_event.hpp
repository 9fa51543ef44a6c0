#pragma once

#include <string>

#include "pinrelay/decode/decoder.hpp"

namespace pinrelay::decode {

// Reads one member of a request as server-container event data or as a dataLayer push. The two differ only in which of
// the same keys they use, so one reader serves both. `pointer` is the member's place in the request.
Member read_simple_event(model::Value value, const http::Request& request, const DecodeLimits& limits,
                         const std::string& pointer);

// The same for a request that is one event.
Decoded read_single_event(Input& input, const DecodeLimits& limits);

}  // namespace pinrelay::decode
