#include <unicode/locid.h>

#include <unordered_map>

#include "country_aliases.hpp"
#include "identity/text/field_text.hpp"
#include "identity/text/lookup_key.hpp"
#include "identity/text/unicode.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::identity {
namespace {

using Codes = std::unordered_map<std::string, std::string>;  // lookup key → alpha-2

// ICU also knows codes that ISO only keeps free for others' use: Ceuta and Melilla, the Canary Islands, Diego Garcia.
// Kosovo's user-assigned "XK" stays, since shops write it.
bool is_iso_code(std::string_view code) noexcept { return code != "EA" && code != "IC" && code != "DG"; }

void add(Codes& codes, std::string_view word, const std::string& code) { codes.emplace(lookup_key(word), code); }

void add_english_names(Codes& codes, const icu::Locale& locale, const std::string& code) {
    icu::UnicodeString displayed;
    locale.getDisplayCountry(icu::Locale::getEnglish(), displayed);
    const std::string english = encode_utf8(displayed);
    add(codes, english, code);
    constexpr std::string_view saint = "St. ";
    if (english.starts_with(saint)) add(codes, "Saint " + english.substr(saint.size()), code);
}

Codes build_codes() {
    Codes codes;
    for (const char* const* next = icu::Locale::getISOCountries(); *next != nullptr; ++next) {
        if (!is_iso_code(*next)) continue;
        const icu::Locale locale("", *next);
        const std::string code = lookup_key(*next);
        codes.emplace(code, code);
        add(codes, locale.getISO3Country(), code);
        add_english_names(codes, locale, code);
    }
    for (const auto& alias : country_aliases) add(codes, alias.name, std::string(alias.code));
    return codes;
}

const Codes& country_codes() {
    static const Codes codes = build_codes();
    return codes;
}

}  // namespace

std::optional<std::string> country(std::string_view text) {
    const auto field = field_text(text);
    if (!field) return std::nullopt;
    const auto found = country_codes().find(lookup_key(*field));
    if (found == country_codes().end()) return std::nullopt;
    return found->second;
}

}  // namespace pinrelay::identity
