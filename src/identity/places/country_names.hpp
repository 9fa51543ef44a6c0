#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pinrelay::identity {

// The lower-case alpha-2 code of the country that the key (see lookup_key) names: a code, or a name in one of the
// languages. Nothing for an unknown name and for one that means two countries. Thread-safe.
std::optional<std::string> country_by_key(const std::string& key);

// The same for a text of two ASCII letters, in any case, that is a code. Nothing for all others. Thread-safe.
std::optional<std::string> country_by_letters(std::string_view text);

}  // namespace pinrelay::identity
