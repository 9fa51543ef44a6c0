#include <unicode/locid.h>
#include <unicode/normalizer2.h>

#include <algorithm>

#include "field_text.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/identity/normalise.hpp"
#include "unicode.hpp"

namespace pinrelay::identity {
namespace {

// Owned by ICU, immutable, lives as long as the process; null only where ICU's data is missing.
const icu::Normalizer2* nfc() {
    static const icu::Normalizer2* const instance = [] {
        UErrorCode status = U_ZERO_ERROR;
        const auto* found = icu::Normalizer2::getNFCInstance(status);
        return U_SUCCESS(status) ? found : nullptr;
    }();
    return instance;
}

std::optional<icu::UnicodeString> to_nfc(const icu::UnicodeString& text) {
    if (nfc() == nullptr) return std::nullopt;
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString normalised = nfc()->normalize(text, status);
    if (U_FAILURE(status)) return std::nullopt;
    return normalised;
}

}  // namespace

std::string_view trim(std::string_view text) noexcept { return without_blank_ends(text); }

std::optional<std::string> lower_nfc(std::string_view text) {
    if (text.size() > longest_text) return std::nullopt;
    if (ascii::all_ascii(text)) {
        std::string lowered(text);
        std::ranges::transform(lowered, lowered.begin(), ascii::lower);
        return lowered;
    }
    const auto decoded = decode_utf8(text);
    if (!decoded) return std::nullopt;
    auto composed = to_nfc(*decoded);
    if (!composed) return std::nullopt;
    const auto lowered = to_nfc(composed->toLower(icu::Locale::getRoot()));
    if (!lowered) return std::nullopt;
    return encode_utf8(*lowered);
}

}  // namespace pinrelay::identity
