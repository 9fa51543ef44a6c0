#include <algorithm>

#include "identity/text/field_text.hpp"
#include "identity/text/unicode.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::identity {

std::optional<std::string> external_id_exact(std::string_view text) {
    const auto field = field_text(text);
    if (!field || !is_utf8(*field)) return std::nullopt;
    // Shops number their customers from 1 and call every guest 0.
    if (std::ranges::all_of(*field, [](char c) { return c == '0'; })) return std::nullopt;
    return std::string(*field);
}

std::optional<std::string> external_id(std::string_view text) {
    const auto exact = external_id_exact(text);
    if (!exact) return std::nullopt;
    return lower_nfc(*exact);
}

}  // namespace pinrelay::identity
