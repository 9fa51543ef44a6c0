#pragma once

#include <span>
#include <string>
#include <string_view>

namespace pinrelay::config {

// "is not known", with the known name that differs least added where one is near. Pure.
std::string unknown_name(std::string_view name, std::span<const std::string_view> known);

}  // namespace pinrelay::config
