#pragma once

#include "pinrelay/decode/decoder.hpp"

namespace pinrelay::decode {

// Sets the fingerprint of each event of a request, from its own id or, without one, from its source alone: a retry of
// the same bytes, and a copy for a second measurement id, give the same one. Of several equal events in one request
// each has its own.
void set_fingerprints(Members& members, model::Arena& arena);

}  // namespace pinrelay::decode
