#pragma once

#include <string_view>

#include "decode/text/dotted_object.hpp"

namespace pinrelay::decode {

// Adds what the tag knows of a person and has already hashed, "tv.1~em.<digest>~fn0.<digest>~ct0.<text>", to an event's
// `user_data`, under GA4's names. `blob` is decoded as the query's other values are; its writers encode it once or
// twice more.
void add_hashed_people(DottedObject& user_data, std::string_view blob, model::Arena& arena);

}  // namespace pinrelay::decode
