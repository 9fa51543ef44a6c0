#pragma once

#include "decode/text/form_pairs.hpp"
#include "pinrelay/model/origins.hpp"

namespace pinrelay::decode {

// Origins of the event data that event_data_of_wire() made of the hit, under the hit's own keys: "ep.transaction_id"
// for "transaction_id", "pr1" for "items", "em" for "user_data.sha256_email_address".
void use_wire_keys(model::Origins& origins, Pairs hit, model::Arena& arena);

}  // namespace pinrelay::decode
