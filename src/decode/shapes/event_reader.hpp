#pragma once

#include <optional>
#include <string>
#include <variant>

#include "decode/event/fields.hpp"
#include "decode/event/sender.hpp"
#include "pinrelay/decode/decoder.hpp"

namespace pinrelay::decode {

// The common end of every JSON form: the event that these fields describe, or the rejection of one with too many items.
// Leaves `source` and `fingerprint` empty. `pointer` is the place of the event in the request.
std::variant<model::Event, Rejection> read_event(std::string name, const Fields& fields, bool measurement_protocol,
                                                 const http::Request& request, const DecodeLimits& limits,
                                                 const std::string& pointer);

}  // namespace pinrelay::decode
