#pragma once

#include <string>
#include <string_view>

namespace pinrelay::ingest {

// The URL without what its query and its fragment say under that name (lower case), in any case of letters: the
// parameter itself, and every other one that carries it within a URL of its own. All else stays as it was.
std::string without_parameter(std::string_view url, std::string_view name);

}  // namespace pinrelay::ingest
