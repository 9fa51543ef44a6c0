#pragma once

#include <string_view>

#include "pinrelay/model/value.hpp"

namespace pinrelay::decode {

// The product of a wire-format item string, "idSKU-1~nmLinen ~~ Shirt~pr29.99~k0size~v0M", as an object with GA4's
// names. `text` is percent-decoded. "~~" is a tilde; one writer does not double it, so what follows a single one and
// begins with no known key belongs to the value before.
model::Value read_wire_item(std::string_view text, model::Arena& arena);

}  // namespace pinrelay::decode
