#pragma once

#include <optional>
#include <variant>

#include "decode/shapes/reading.hpp"
#include "pinrelay/decode/decoder.hpp"

namespace pinrelay::decode {

// The arguments of a call such as gtag("event", "sign_up", {…}) as they stand in a dataLayer: an array, or an object
// with the keys 0, 1, 2, which is what JSON makes of `arguments`.
bool is_gtag_call(const model::Value& value);

// The event of such a call as an object: its parameters with the name under "event". Other commands ("config", "set",
// "consent", "js") are Ignored; what they say stands for the later members of the request.
std::variant<model::Value, Rejection, Ignored> event_of_gtag_call(const model::Value& call, const Reading& reading);

}  // namespace pinrelay::decode
