#pragma once

#include <string>
#include <string_view>

namespace pinrelay {

// Appends the text as a JSON string with its quotes. Each byte that is no part of well-formed UTF-8 becomes U+FFFD, so
// that what comes out is JSON whatever goes in.
void append_json_text(std::string& out, std::string_view text);

}  // namespace pinrelay
