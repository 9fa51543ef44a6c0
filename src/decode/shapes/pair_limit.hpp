#pragma once

#include <cstddef>
#include <string_view>

#include "pinrelay/decode/decoder.hpp"

namespace pinrelay::decode {

// Whether a pair's key, its nesting written with dots, says something of an event: "user_data.email", "items.0.price".
bool is_key_with_meaning(std::string_view key);

// The same for the keys of the Google tag: "ep.event_id", "pr12", "cu".
bool is_wire_key_with_meaning(std::string_view key);

// Adds to an event the warning that so many parameters were left out for their number; nothing for 0.
Member with_warning_of_pairs(Member member, std::size_t left_out);

}  // namespace pinrelay::decode
