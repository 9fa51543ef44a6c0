#include "event_name.hpp"

#include <algorithm>
#include <cstddef>

#include "pinrelay/core/ascii.hpp"

namespace pinrelay::ingest {
namespace {

constexpr std::size_t longest_name = 40;
constexpr std::ptrdiff_t most_digits = 6;

bool fits(char c) noexcept { return ascii::is_alphanumeric(c) || c == '_'; }

}  // namespace

bool is_event_name(std::string_view text) noexcept {
    return !text.empty() && text.size() <= longest_name && !ascii::is_digit(text.front()) &&
           std::ranges::all_of(text, fits) && std::ranges::count_if(text, ascii::is_digit) <= most_digits;
}

}  // namespace pinrelay::ingest
