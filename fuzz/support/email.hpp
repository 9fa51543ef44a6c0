#pragma once

#include <string_view>

namespace pinrelay::fuzz {

// Whether somebody's e-mail address stands in the text, as it is or percent-encoded: a letter or digit, then '@', a
// name and a top-level domain of letters. Narrower than what the destination takes for one, so that whatever is found
// is certainly one.
bool has_email(std::string_view text);

}  // namespace pinrelay::fuzz
