#include <unicode/uchar.h>

#include "identity/text/field_text.hpp"
#include "identity/text/unicode.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::identity {
namespace {

bool has_letter(const icu::UnicodeString& text) {
    for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1))
        if (u_isalpha(text.char32At(i))) return true;
    return false;
}

}  // namespace

Normalised name(std::string_view text) {
    const auto field = field_text(text);
    if (!field) return problem_of_field(text);
    const auto decoded = decode_utf8(*field);
    if (!decoded) return Problem::NotUtf8;
    if (!has_letter(*decoded)) return Problem::NoLetter;
    auto lowered = lower_nfc(*field);
    if (!lowered) return Problem::TooLong;
    return std::move(*lowered);
}

}  // namespace pinrelay::identity
