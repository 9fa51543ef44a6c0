#include "field_text.hpp"

#include "pinrelay/identity/normalise.hpp"
#include "unicode.hpp"

namespace pinrelay::identity {

std::optional<std::string_view> field_text(std::string_view text) noexcept {
    if (text.size() > longest_text || is_absent(text)) return std::nullopt;
    return without_blank_ends(text);
}

Problem problem_of_field(std::string_view text) noexcept {
    return text.size() > longest_text ? Problem::TooLong : Problem::Absent;
}

}  // namespace pinrelay::identity
