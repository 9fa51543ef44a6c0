#pragma once

#include <optional>
#include <string>

#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::destinations::pinterest {

// The trimmed text, or nothing where the sender wrote none or a word for none ("undefined", "(not set)").
inline std::optional<std::string> present(const std::optional<std::string>& text) {
    if (!text || identity::is_absent(*text)) return std::nullopt;
    return identity::trim(*text);
}

}  // namespace pinrelay::destinations::pinterest
