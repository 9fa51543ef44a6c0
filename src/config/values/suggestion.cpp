#include "suggestion.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace pinrelay::config {

namespace {

constexpr std::size_t longest_name = 64;  // a longer one is no slip of the finger

// Levenshtein distance.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t substituted = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({substituted, row[j] + 1, diagonal + 1});
        }
    }
    return row.back();
}

}  // namespace

std::string unknown_name(std::string_view name, std::span<const std::string_view> known) {
    std::string text = "is not known";
    if (name.size() > longest_name || known.empty()) return text;
    const auto nearest =
        *std::ranges::min_element(known, [name](auto a, auto b) { return distance(name, a) < distance(name, b); });
    const std::size_t most = std::max<std::size_t>(2, name.size() / 4);
    if (distance(name, nearest) <= most) text.append("; is \"").append(nearest).append("\" meant?");
    return text;
}

}  // namespace pinrelay::config
