#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pinrelay/core/clock.hpp"

// What tools print for people.
namespace pinrelay::cli {

std::string time_text(Time time);            // "2026-07-27T08:00:00Z"
std::string age_text(Time since, Time now);  // "45s", "13m", "2h 13m", "3d 4h"

// Without control bytes: a sender's text must not steer the operator's terminal.
std::string printable(std::string_view text);

// "1 event", "2 events".
std::string counted(std::uint64_t count, const std::string& noun);

// Columns under each other, two blanks between them; the first row is the heading.
std::string table_text(const std::vector<std::vector<std::string>>& rows);

}  // namespace pinrelay::cli
