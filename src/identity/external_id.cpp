#include <algorithm>

#include "identity/text/field_text.hpp"
#include "identity/text/unicode.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::identity {

Normalised external_id_exact(std::string_view text) {
    const auto field = field_text(text);
    if (!field) return problem_of_field(text);
    if (!is_utf8(*field)) return Problem::NotUtf8;
    // Shops number their customers from 1 and call every guest 0.
    if (std::ranges::all_of(*field, [](char c) { return c == '0'; })) return Problem::OnlyZeros;
    return std::string(*field);
}

Normalised external_id(std::string_view text) {
    auto exact = external_id_exact(text);
    if (!exact) return exact;
    auto lowered = lower_nfc(*exact);
    if (!lowered) return Problem::TooLong;
    return std::move(*lowered);
}

}  // namespace pinrelay::identity
