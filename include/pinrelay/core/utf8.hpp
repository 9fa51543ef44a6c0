#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pinrelay {

// All functions are pure and safe to call from any thread.

// The length in bytes of the well-formed UTF-8 sequence (RFC 3629) at the front of the text. 0 if there is none: the
// sequence is overlong, a surrogate, beyond U+10FFFF or cut off, or the first byte begins no sequence.
std::size_t utf8_length(std::string_view text) noexcept;

// The same, but also 0 for a character that must not reach a log or a terminal: a control character (C0, DEL, C1), a
// separator of lines or paragraphs (U+2028, U+2029), or one that changes the order in which others are shown.
std::size_t printable_length(std::string_view text) noexcept;

// The text with `stand_in` for each character that is not printable and for each byte that is not UTF-8.
std::string printable(std::string_view text, char stand_in);

}  // namespace pinrelay
