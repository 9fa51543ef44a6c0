#include <unicode/uchar.h>

#include "identity/text/field_text.hpp"
#include "identity/text/unicode.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::identity {
namespace {

// Letters of any script with the marks that belong to them (the vowels of Hindi are marks), and digits. Not the
// invisible ones among the marks, such as the variation selector behind an emoji.
bool belongs_to_a_name(UChar32 c) noexcept {
    constexpr std::uint32_t kept = U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK;
    return (U_GET_GC_MASK(c) & kept) != 0 && !u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

struct Bare {
    std::string text;
    bool has_letter = false;
};

Bare bare_ascii(std::string_view text) {
    Bare bare;
    for (const char c : text) {
        const bool letter = ascii::is_letter(c);
        if (letter || ascii::is_digit(c)) bare.text.push_back(c);
        bare.has_letter = bare.has_letter || letter;
    }
    return bare;
}

// The characters that belong to a name. Nothing where the text is no UTF-8.
std::optional<Bare> bare_name(std::string_view text) {
    if (ascii::all_ascii(text)) return bare_ascii(text);
    const auto decoded = decode_utf8(text);
    if (!decoded) return std::nullopt;
    icu::UnicodeString kept;
    Bare bare;
    for (std::int32_t i = 0; i < decoded->length(); i = decoded->moveIndex32(i, 1)) {
        const UChar32 c = decoded->char32At(i);
        if (belongs_to_a_name(c)) kept.append(c);
        bare.has_letter = bare.has_letter || u_isalpha(c);
    }
    bare.text = encode_utf8(kept);
    return bare;
}

}  // namespace

Normalised city(std::string_view text) {
    const auto field = field_text(text);
    if (!field) return problem_of_field(text);
    const auto kept = bare_name(*field);
    if (!kept) return Problem::NotUtf8;
    if (!kept->has_letter) return Problem::NoLetter;
    auto bare = lower_nfc(kept->text);
    if (!bare) return Problem::TooLong;
    if (is_absent(*bare)) return Problem::Absent;  // "null,"
    return std::move(*bare);
}

}  // namespace pinrelay::identity
