#pragma once

#include "decode/text/form_pairs.hpp"
#include "pinrelay/model/value.hpp"

namespace pinrelay::decode {

// A hit of the Google tag as the event data that a server container makes of it: GA4's names, items as objects, people
// under `user_data`. Left out is what the tag needs for itself and what differs between two streams of one page, so
// that both copies of an event have one fingerprint.
model::Value event_data_of_wire(Pairs hit, model::Arena& arena);

}  // namespace pinrelay::decode
