#include "snake_case.hpp"

#include <algorithm>

#include "pinrelay/core/ascii.hpp"

namespace pinrelay::decode {
namespace {

// Whether a word begins at `i`, which is an upper-case letter.
bool begins_word(std::string_view key, std::size_t i) noexcept {
    if (i == 0 || !ascii::is_alphanumeric(key[i - 1])) return false;
    if (!ascii::is_upper(key[i - 1])) return true;
    return i + 1 < key.size() && ascii::is_lower(key[i + 1]);
}

}  // namespace

bool has_upper_case(std::string_view key) noexcept { return std::ranges::any_of(key, ascii::is_upper); }

std::string in_snake_case(std::string_view key) {
    std::string snake;
    snake.reserve(key.size() + 4);
    for (std::size_t i = 0; i < key.size(); ++i) {
        if (ascii::is_upper(key[i]) && begins_word(key, i)) snake += '_';
        snake += ascii::lower(key[i]);
    }
    return snake;
}

}  // namespace pinrelay::decode
