#pragma once

#include <string>
#include <string_view>

namespace pinrelay::identity {

// The form under which tables know a word: lower-case letters and digits only, accents off, "&" as "and", so that
// "Côte d'Ivoire" and "cote d’ivoire", "U.S.A." and "usa" meet. Empty where nothing is left or the text is no UTF-8.
std::string lookup_key(std::string_view text);

}  // namespace pinrelay::identity
