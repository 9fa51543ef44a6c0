#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "pinrelay/identity/normalised.hpp"

namespace pinrelay::identity {

// Longer than any name, address or id that a person has; what is longer is no value, and costs nothing to refuse.
constexpr std::size_t longest_text = 1000;

// What every field's rule starts from: the text without blank ends, as a view into `text`. Nothing where it means "no
// value" or is too long. Whether it is valid UTF-8 is still to be seen.
std::optional<std::string_view> field_text(std::string_view text) noexcept;

// Why `field_text` gives nothing for the text.
Problem problem_of_field(std::string_view text) noexcept;

}  // namespace pinrelay::identity
