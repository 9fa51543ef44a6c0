#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pinrelay::decode {

// The bytes of a base64 text (RFC 4648) in either alphabet, with its padding or without. A space counts as '+', which
// is what reading a query makes of one that was not escaped. Nothing where the text is none.
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace pinrelay::decode
