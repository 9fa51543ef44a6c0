#pragma once

#include <string>
#include <string_view>

#include "terminal.hpp"

namespace pinrelay::cli {

// Enters the alternate screen of a terminal and hides the cursor; `leave_screen` undoes both. ECMA-48 and xterm.
inline constexpr std::string_view enter_screen = "\x1b[?1049h\x1b[?25l";
inline constexpr const char* leave_screen = "\x1b[?25h\x1b[?1049l";

// What makes a terminal show these lines from its first row on, and nothing else. Lines are cut at the last column, and
// lines that have no row are left out. Sequences of colour in the text take no column. Pure.
std::string screen_text(std::string_view text, ScreenSize size);

}  // namespace pinrelay::cli
