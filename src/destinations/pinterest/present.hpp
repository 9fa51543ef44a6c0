#pragma once

#include <optional>
#include <string_view>

#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::destinations::pinterest {

// The trimmed text, or nothing where the sender wrote none or a word for none ("undefined", "(not set)").
inline std::optional<std::string_view> present(std::optional<std::string_view> text) noexcept {
    return text ? identity::present(*text) : std::nullopt;
}

}  // namespace pinrelay::destinations::pinterest
