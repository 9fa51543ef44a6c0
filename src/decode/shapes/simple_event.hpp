#pragma once

#include "pinrelay/decode/decoder.hpp"
#include "reading.hpp"

namespace pinrelay::decode {

// Reads one member of a request as server-container event data or as a dataLayer push. The two differ only in which of
// the same keys they use, so one reader serves both.
Member read_simple_event(const model::Value& value, const Reading& reading);

// The same for a request that is one event.
Decoded read_single_event(Input& input, const DecodeLimits& limits);

// What classic e-commerce of GTM wrote, often without an event: {"transactionId":…,"transactionProducts":[…]}.
bool is_classic_transaction(const model::Value& value);

}  // namespace pinrelay::decode
