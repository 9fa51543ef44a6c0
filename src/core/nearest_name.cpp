#include "pinrelay/core/nearest_name.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

#include "pinrelay/core/ascii.hpp"

namespace pinrelay {
namespace {

constexpr std::size_t longest_name_with_slips = 64;
constexpr std::size_t usual_slips = 2;
constexpr std::size_t letters_per_slip = 4;

using Letters = std::array<std::uint8_t, 256>;

Letters letters_of(std::string_view text) {
    Letters letters{};
    for (const char c : text) ++letters[static_cast<unsigned char>(ascii::lower(c))];
    return letters;
}

// At least so many slips are between two names: those that are too much in either of them, whatever their order. Most
// names differ by more than a slip or two, and are told apart a hundred times faster than by counting their slips.
std::size_t slips_at_least(const Letters& letters, std::string_view name, std::string_view other) {
    Letters left = letters;
    std::size_t shared = 0;
    for (const char c : other) {
        std::uint8_t& of_letter = left[static_cast<unsigned char>(ascii::lower(c))];
        if (of_letter == 0) continue;
        --of_letter;
        ++shared;
    }
    return std::max(name.size(), other.size()) - shared;
}

bool is_same_letter(char a, char b) { return ascii::lower(a) == ascii::lower(b); }

}  // namespace

std::size_t slips_between(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before_last(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::swap(before_last, last);
        std::swap(last, row);
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const bool same = is_same_letter(a[i - 1], b[j - 1]);
            row[j] = std::min({last[j - 1] + (same ? 0 : 1), last[j] + 1, row[j - 1] + 1});
            const bool swapped =
                i > 1 && j > 1 && is_same_letter(a[i - 1], b[j - 2]) && is_same_letter(a[i - 2], b[j - 1]);
            if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
    }
    return row.back();
}

std::optional<std::string_view> nearest_name(std::string_view name, std::span<const std::string_view> known) {
    if (name.size() > longest_name_with_slips) return std::nullopt;
    const std::size_t most = std::min(std::max(usual_slips, name.size() / letters_per_slip), name.size() / 2);
    std::size_t fewest = most + 1;
    std::optional<std::string_view> nearest;
    const Letters letters = letters_of(name);
    for (const auto candidate : known) {
        if (slips_at_least(letters, name, candidate) >= fewest) continue;
        const std::size_t slips = slips_between(name, candidate);
        if (slips >= fewest) continue;
        fewest = slips;
        nearest = candidate;
    }
    return nearest;
}

}  // namespace pinrelay
