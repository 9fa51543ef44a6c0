#include "csv_row.hpp"

#include <algorithm>

#include "pinrelay/core/ascii.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

constexpr char quote = '"';

// Behind the opening quote: takes the cell with its closing quote. False where none closes it.
bool take_quoted(std::string_view& rest, std::string& cell) {
    while (!rest.empty()) {
        const char c = rest.front();
        rest.remove_prefix(1);
        if (c != quote) {
            cell.push_back(c);
        } else if (rest.starts_with(quote)) {
            cell.push_back(c);
            rest.remove_prefix(1);
        } else {
            return true;
        }
    }
    return false;
}

std::string_view take_cell(std::string_view& rest, std::string& cell) {
    cell.clear();
    rest = ascii::trimmed(rest, ascii::blanks);
    if (rest.starts_with(quote)) {
        rest.remove_prefix(1);
        if (!take_quoted(rest, cell)) return "has a quote that does not end";
        rest = ascii::trimmed(rest, ascii::blanks);
        return rest.empty() || rest.starts_with(',') ? "" : "has text behind a closing quote";
    }
    const auto end = std::min(rest.find(','), rest.size());
    cell = ascii::trimmed(rest.substr(0, end), ascii::blanks);
    rest.remove_prefix(end);
    return "";
}

}  // namespace

bool is_blank_row(std::string_view line) noexcept { return ascii::trimmed(line).empty(); }

std::string_view read_row(std::string_view line, std::string& first, std::string& second) {
    if (const auto problem = take_cell(line, first); !problem.empty()) return problem;
    if (line.empty()) return "has one column; two separated by a comma are needed";
    line.remove_prefix(1);
    if (const auto problem = take_cell(line, second); !problem.empty()) return problem;
    if (!line.empty()) return "has more than two columns";
    if (first.empty() || second.empty()) return "has an empty cell";
    if (first.find('\0') != std::string::npos || second.find('\0') != std::string::npos) return "has a NUL byte";
    return "";
}

}  // namespace pinrelay::destinations::pinterest
