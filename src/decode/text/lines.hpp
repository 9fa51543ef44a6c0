#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace pinrelay::decode {

// The lines of a body that are not blank, without white space at both ends. Stops after `limit` lines and one more, so
// that the caller can tell that there are more than `limit`. The results point into `body`.
std::vector<std::string_view> split_lines(std::string_view body, std::size_t limit);

// The number of all lines that are not blank.
std::size_t count_lines(std::string_view body) noexcept;

}  // namespace pinrelay::decode
