#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace pinrelay {

// All functions are pure and safe to call from any thread.

// How many slips of the finger lie between two names: letters left out, added or replaced, and neighbours in the wrong
// order (Damerau-Levenshtein distance, in bytes). ASCII letters are compared without case.
std::size_t slips_between(std::string_view a, std::string_view b);

// The name that differs least from `name`, if it is near enough to be meant: at most two slips, or one for each four
// letters of a longer name, and never more than half of its letters. Of two equally near names the first. Nothing for a
// name of more than 64 bytes: that is no slip of the finger.
std::optional<std::string_view> nearest_name(std::string_view name, std::span<const std::string_view> known);

}  // namespace pinrelay
