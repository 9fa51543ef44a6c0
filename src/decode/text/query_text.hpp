#pragma once

#include <optional>
#include <string_view>

namespace pinrelay::decode {

// The first value of that key in text such as "v=2&en=purchase", as it stands; lines count as '&', since a batch of
// wire-format hits is one of those per line.
std::optional<std::string_view> find_pair(std::string_view pairs, std::string_view key) noexcept;

}  // namespace pinrelay::decode
