#include "pinrelay/watch/event_name.hpp"

#include <algorithm>
#include <cstddef>

#include "pinrelay/core/ascii.hpp"

namespace pinrelay::watch {
namespace {

constexpr std::size_t longest_name = 40;  // GA4's limit
constexpr std::ptrdiff_t most_digits = 6;

}  // namespace

bool is_event_name(std::string_view text) noexcept {
    const auto fits = [](char c) { return ascii::is_alphanumeric(c) || c == '_'; };
    return !text.empty() && text.size() <= longest_name && !ascii::is_digit(text.front()) &&
           std::ranges::all_of(text, fits) && std::ranges::count_if(text, ascii::is_digit) <= most_digits;
}

}  // namespace pinrelay::watch
