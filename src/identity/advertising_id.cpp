#include <algorithm>

#include "identity/text/field_text.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::identity {
namespace {

constexpr std::string_view uuid_shape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

bool fits(char c, char shape) noexcept {
    if (shape == '-') return c == '-';
    return ascii::is_hex_digit(c);
}

}  // namespace

Normalised advertising_id(std::string_view text) {
    const auto field = field_text(text);  // which takes the all-zero id for what it is: no value
    if (!field) return problem_of_field(text);
    if (!std::ranges::equal(*field, uuid_shape, fits)) return Problem::NotUuid;
    return ascii::in_lower_case(*field);
}

}  // namespace pinrelay::identity
