#pragma once

#include <string_view>

#include "decode/event/fields.hpp"
#include "pinrelay/decode/decoder.hpp"
#include "reading.hpp"

namespace pinrelay::decode {

// The common end of every JSON form: the event that these fields describe, with what earlier members of the request say
// for it. Leaves `source` and `fingerprint` empty.
model::Event read_event(std::string_view name, const Fields& fields, const Reading& reading);

}  // namespace pinrelay::decode
