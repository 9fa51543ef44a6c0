#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace pinrelay::config {

// The known name that is meant by one that is not known: the nearest, else the only one that shares its first or its
// last words: "token" means "access_token", "ad_account" means "ad_account_id". Pure.
std::optional<std::string_view> meant_name(std::string_view name, std::span<const std::string_view> known);

// `; is "listen" meant?`, with the known name that is nearest to this one. Empty where none is near. Pure.
std::string suggestion(std::string_view name, std::span<const std::string_view> known);

// "is not known", with the suggestion. Pure.
std::string unknown_name(std::string_view name, std::span<const std::string_view> known);

}  // namespace pinrelay::config
