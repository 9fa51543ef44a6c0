#pragma once

#include <optional>
#include <string>
#include <variant>

#include "decode/event/fields.hpp"
#include "pinrelay/decode/decoder.hpp"
#include "reading.hpp"

namespace pinrelay::decode {

// The common end of every JSON form: the event that these fields describe, or the rejection of one with too many items.
// Leaves `source` and `fingerprint` empty.
std::variant<model::Event, Rejection> read_event(std::string name, const Fields& fields, const Reading& reading);

}  // namespace pinrelay::decode
