#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pinrelay::deliver {

// What a destination's warning about a taken record is about, as metric labels of a fixed set; "other" for wording that
// no row knows. Empty for an empty text. Pure.
std::vector<std::string_view> warning_kinds(std::string_view warning);

// The same as one text, with commas.
std::string joined_warning_kinds(std::string_view warning);

}  // namespace pinrelay::deliver
