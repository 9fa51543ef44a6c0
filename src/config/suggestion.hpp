#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pinrelay::config {

// "is not known", with the known name that differs least added where one is near. Pure.
std::string unknown_name(std::string_view name, const std::vector<std::string_view>& known);

}  // namespace pinrelay::config
