#pragma once

#include <string>
#include <string_view>

namespace pinrelay::destinations::pinterest {

bool is_blank_row(std::string_view line) noexcept;

// Reads one line of CSV (RFC 4180) that has exactly two filled cells. "" where it has; else what is wrong with the
// line, as the rest of a sentence about it, and the cells hold anything.
std::string_view read_row(std::string_view line, std::string& first, std::string& second);

}  // namespace pinrelay::destinations::pinterest
