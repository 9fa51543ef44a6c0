#pragma once

#include <string>
#include <string_view>

namespace pinrelay {

// Appends the text as a JSON string with its quotes. The result is JSON for any input: each byte that is not part of
// well-formed UTF-8 becomes U+FFFD. Pure; throws std::bad_alloc only.
void append_json_text(std::string& out, std::string_view text);

}  // namespace pinrelay
