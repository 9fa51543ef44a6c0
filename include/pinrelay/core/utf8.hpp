#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pinrelay {

// The length in bytes of the well-formed UTF-8 sequence (RFC 3629) that the text begins with; 0 when there is none:
// overlong, a surrogate, beyond U+10FFFF, cut off, or not the first byte of a sequence.
std::size_t utf8_length(std::string_view text) noexcept;

// The same, but 0 also where the text begins with what must not reach a log or a terminal: a control character (C0,
// DEL, C1) or a separator of lines or paragraphs (U+2028, U+2029).
std::size_t printable_length(std::string_view text) noexcept;

// The text with `stand_in` in the place of each character that is not printable, and of each byte that is no UTF-8.
std::string printable(std::string_view text, char stand_in);

}  // namespace pinrelay
