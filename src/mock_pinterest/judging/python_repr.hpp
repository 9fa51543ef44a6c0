#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace pinrelay::mock {

// A value as Python prints it, since Pinterest's messages quote values that way: 'text', None, True, ['a', 1].
// Cut after a few thousand bytes.
std::string python_repr(const nlohmann::json& value);
std::string python_quoted(std::string_view text);

}  // namespace pinrelay::mock
