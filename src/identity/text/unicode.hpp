#pragma once

#include <unicode/unistr.h>

#include <optional>
#include <string>
#include <string_view>

// The little of Unicode that the rules share. Thread-safe.
namespace pinrelay::identity {

// Characters that show nothing: white space, control characters, and the invisible marks that come along with
// copied text (zero-width spaces and joiners, byte order mark, direction marks, soft hyphen).
bool is_blank(UChar32 c) noexcept;

// Without blank characters at both ends; a view into `text`. Bytes that are no UTF-8 are not blank.
std::string_view without_blank_ends(std::string_view text) noexcept;

// Strict: nothing where the bytes are no valid UTF-8.
std::optional<icu::UnicodeString> decode_utf8(std::string_view text);
bool is_utf8(std::string_view text);

std::string encode_utf8(const icu::UnicodeString& text);

}  // namespace pinrelay::identity
