#pragma once

#include "pinrelay/decode/decoder.hpp"

namespace pinrelay::fuzz {

// Low ones, which an input may reach, and the lowest, which many a golden case does.
inline constexpr decode::DecodeLimits low_limits{.events = 5, .items = 4, .segment = true};
inline constexpr decode::DecodeLimits lowest_limits{.events = 1, .items = 1, .segment = true};

// What must hold of whatever a request was decoded to: the limits are kept, names and fingerprints are there and no
// fingerprint twice, no text is empty, sources can be written and read again.
void check_decoded(const decode::Decoded& decoded, const decode::DecodeLimits& limits);

// Whether two decodings of one request are equal.
bool is_same(const decode::Decoded& one, const decode::Decoded& other);

}  // namespace pinrelay::fuzz
