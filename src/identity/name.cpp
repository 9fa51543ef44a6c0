#include <unicode/uchar.h>

#include "identity/text/field_text.hpp"
#include "identity/text/unicode.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::identity {
namespace {

bool has_letter(std::string_view text) {
    const auto decoded = decode_utf8(text);
    if (!decoded) return false;
    for (std::int32_t i = 0; i < decoded->length(); i = decoded->moveIndex32(i, 1))
        if (u_isalpha(decoded->char32At(i))) return true;
    return false;
}

}  // namespace

std::optional<std::string> name(std::string_view text) {
    const auto field = field_text(text);
    if (!field || !has_letter(*field)) return std::nullopt;
    return lower_nfc(*field);
}

}  // namespace pinrelay::identity
