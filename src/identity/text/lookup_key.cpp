#include "lookup_key.hpp"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include "pinrelay/core/ascii.hpp"
#include "unicode.hpp"

namespace pinrelay::identity {
namespace {

std::string ascii_key(std::string_view text) {
    std::string key;
    for (const char c : text) {
        if (ascii::is_digit(c) || ascii::is_letter(c)) key.push_back(ascii::lower(c));
        if (c == '&') key.append("and");
    }
    return key;
}

// "é" as "e" and an accent, so that the accent can be left out.
std::optional<icu::UnicodeString> decomposed(const icu::UnicodeString& text) {
    UErrorCode status = U_ZERO_ERROR;
    const auto* nfd = icu::Normalizer2::getNFDInstance(status);
    if (U_FAILURE(status)) return std::nullopt;
    icu::UnicodeString result = nfd->normalize(text, status);
    if (U_FAILURE(status)) return std::nullopt;
    return result;
}

}  // namespace

std::string lookup_key(std::string_view text) {
    if (ascii::all_ascii(text)) return ascii_key(text);
    const auto decoded = decode_utf8(text);
    auto parts = decoded ? decomposed(*decoded) : std::nullopt;
    if (!parts) return {};
    parts->toLower(icu::Locale::getRoot());
    icu::UnicodeString key;
    for (std::int32_t i = 0; i < parts->length(); i = parts->moveIndex32(i, 1)) {
        const UChar32 c = parts->char32At(i);
        if (u_isalnum(c)) key.append(c);
        if (c == u'&') key.append(icu::UnicodeString(u"and"));
    }
    return encode_utf8(key);
}

}  // namespace pinrelay::identity
