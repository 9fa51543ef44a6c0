#pragma once

#include <span>
#include <string>
#include <string_view>

namespace pinrelay::config {

// `; is "listen" meant?`, with the known name that is nearest to this one. Empty where none is near. Pure.
std::string suggestion(std::string_view name, std::span<const std::string_view> known);

// "is not known", with the suggestion. Pure.
std::string unknown_name(std::string_view name, std::span<const std::string_view> known);

}  // namespace pinrelay::config
