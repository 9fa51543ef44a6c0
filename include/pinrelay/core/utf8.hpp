#pragma once

#include <cstddef>
#include <string_view>

namespace pinrelay {

// The length in bytes of the well-formed UTF-8 sequence (RFC 3629) that the text begins with; 0 when there is none:
// overlong, a surrogate, beyond U+10FFFF, cut off, or not the first byte of a sequence.
std::size_t utf8_length(std::string_view text) noexcept;

}  // namespace pinrelay
