#include <unicode/uchar.h>

#include <algorithm>

#include "identity/text/field_text.hpp"
#include "identity/text/unicode.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::identity {
namespace {

// Nothing where the text is no UTF-8.
std::optional<bool> has_letter(std::string_view text) {
    if (std::ranges::any_of(text, ascii::is_letter) && ascii::all_ascii(text)) return true;
    const auto decoded = decode_utf8(text);
    if (!decoded) return std::nullopt;
    for (std::int32_t i = 0; i < decoded->length(); i = decoded->moveIndex32(i, 1))
        if (u_isalpha(decoded->char32At(i))) return true;
    return false;
}

}  // namespace

Normalised name(std::string_view text) {
    const auto field = field_text(text);
    if (!field) return problem_of_field(text);
    const auto lettered = has_letter(*field);
    if (!lettered) return Problem::NotUtf8;
    if (!*lettered) return Problem::NoLetter;
    auto lowered = lower_nfc(*field);
    if (!lowered) return Problem::TooLong;
    return std::move(*lowered);
}

}  // namespace pinrelay::identity
