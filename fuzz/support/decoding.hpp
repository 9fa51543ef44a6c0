#pragma once

#include <memory>
#include <string_view>

#include "pinrelay/decode/decoder.hpp"

namespace pinrelay::fuzz {

// Lets one decoder alone judge the request that the input spells out, twice, and checks what it gives.
void decode_with(std::unique_ptr<const decode::Decoder> decoder, std::string_view input);

// The same with all of them, in their order.
void decode_with_all(std::string_view input);

}  // namespace pinrelay::fuzz
