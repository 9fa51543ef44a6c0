#pragma once

#include <string>
#include <string_view>

namespace pinrelay::cli {

enum class Colour { None, Ansi };

// What app::explain_now() answers, for people: stage by stage, with the origin of each key that Pinterest gets. A text
// that is no such JSON comes back as it is. Pure.
std::string explanation_text(std::string_view json, Colour colour);

}  // namespace pinrelay::cli
