#include "country_names.hpp"

#include <unicode/locid.h>
#include <unicode/region.h>

#include <array>
#include <unordered_map>

#include "country_aliases.hpp"
#include "identity/text/lookup_key.hpp"
#include "identity/text/unicode.hpp"
#include "pinrelay/core/ascii.hpp"

namespace pinrelay::identity {
namespace {

using Codes = std::unordered_map<std::string, std::string>;  // lookup key → alpha-2

// The official languages of Pinterest's markets and of their neighbours, as ICU calls them.
constexpr std::array languages = {
    "de", "fr", "es", "it", "pt", "pt_PT", "nl", "pl", "sv",    "da",     "nb",      "nn", "fi",      "is", "cs", "sk",
    "hu", "ro", "el", "tr", "ru", "uk",    "be", "bg", "hr",    "sr",     "sr_Latn", "bs", "sl",      "mk", "sq", "et",
    "lv", "lt", "ga", "cy", "mt", "lb",    "ca", "eu", "gl",    "ja",     "ko",      "zh", "zh_Hant", "vi", "th", "id",
    "ms", "tl", "hi", "bn", "ta", "te",    "mr", "gu", "ur",    "fa",     "ar",      "he", "ka",      "hy", "az", "kk",
    "uz", "af", "sw", "km", "lo", "my",    "ne", "si", "fr_CA", "es_419", "gsw",     "rm",
};

constexpr std::size_t numeric_code_size = 3;

// ICU also knows codes that ISO only keeps free for others' use: Ceuta and Melilla, the Canary Islands, Diego Garcia.
// Kosovo's user-assigned "XK" stays, since shops write it.
bool is_iso_code(std::string_view code) noexcept { return code != "EA" && code != "IC" && code != "DG"; }

void add(Codes& codes, std::string_view word, const std::string& code) { codes.emplace(lookup_key(word), code); }

std::string shown_name(const icu::Locale& country, const icu::Locale& language) {
    icu::UnicodeString name;
    country.getDisplayCountry(language, name);
    return encode_utf8(name);
}

void add_english_names(Codes& codes, const icu::Locale& locale, const std::string& code) {
    const std::string english = shown_name(locale, icu::Locale::getEnglish());
    add(codes, english, code);
    constexpr std::string_view saint = "St. ";
    if (english.starts_with(saint)) add(codes, "Saint " + english.substr(saint.size()), code);
}

// ISO 3166-1 numeric, with its leading zeros: "040".
void add_number(Codes& codes, const char* country, const std::string& code) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Region* const region = icu::Region::getInstance(country, status);
    if (U_FAILURE(status) || region == nullptr || region->getNumericCode() <= 0) return;
    std::string number = std::to_string(region->getNumericCode());
    if (number.size() > numeric_code_size) return;
    codes.emplace(std::string(numeric_code_size - number.size(), '0') + number, code);
}

bool is_of_two_letters(std::string_view text) noexcept { return text.size() == 2 && ascii::all_letters(text); }

template <class Function>
void for_each_country(Function function) {
    for (const char* const* next = icu::Locale::getISOCountries(); *next != nullptr; ++next)
        if (is_iso_code(*next)) function(*next, icu::Locale("", *next), lookup_key(*next));
}

Codes build_codes() {
    Codes codes;
    for_each_country([&](const char* country, const icu::Locale& locale, const std::string& code) {
        codes.emplace(code, code);
        add(codes, locale.getISO3Country(), code);
        add_number(codes, country, code);
        add_english_names(codes, locale, code);
    });
    for (const auto& alias : country_aliases) add(codes, alias.name, std::string(alias.code));
    return codes;
}

// Codes, English names and aliases: all that most senders write.
const Codes& usual_codes() {
    static const Codes codes = build_codes();
    return codes;
}

// A name that two languages give to two countries names none ("Kongo"). What the usual codes know is not in here.
Codes build_names() {
    constexpr std::string_view several;
    Codes names;
    for_each_country([&](const char*, const icu::Locale& locale, const std::string& code) {
        for (const char* const language : languages) {
            const std::string key = lookup_key(shown_name(locale, icu::Locale(language)));
            if (key.empty() || usual_codes().contains(key)) continue;
            const auto [known, is_new] = names.emplace(key, code);
            if (!is_new && known->second != code) known->second = several;
        }
    });
    std::erase_if(names, [](const auto& name) { return name.second.empty(); });
    return names;
}

const Codes& names_of_all_languages() {
    static const Codes names = build_names();
    return names;
}

std::optional<std::string> find(const Codes& codes, const std::string& key) {
    const auto found = codes.find(key);
    if (found == codes.end()) return std::nullopt;
    return found->second;
}

// What two letters mean: most senders write a code. Made of the usual codes.
class CodesOfTwoLetters {
public:
    CodesOfTwoLetters() {
        for (const auto& [key, code] : usual_codes())
            if (is_of_two_letters(key)) codes_[place_of(key)] = code;
    }

    // "" where they are no code.
    const std::string& find(std::string_view letters) const noexcept { return codes_[place_of(letters)]; }

private:
    static constexpr std::size_t letters_there_are = 26;

    static std::size_t place_of(std::string_view text) noexcept {
        const auto number = [](char c) { return static_cast<std::size_t>(ascii::lower(c) - 'a'); };
        return number(text[0]) * letters_there_are + number(text[1]);
    }

    std::array<std::string, letters_there_are * letters_there_are> codes_;
};

}  // namespace

std::optional<std::string> country_by_letters(std::string_view text) {
    if (!is_of_two_letters(text)) return std::nullopt;
    static const CodesOfTwoLetters codes;
    const std::string& code = codes.find(text);
    return code.empty() ? std::nullopt : std::optional(code);
}

std::optional<std::string> country_by_key(const std::string& key) {
    if (key.empty()) return std::nullopt;
    if (auto code = find(usual_codes(), key)) return code;
    return find(names_of_all_languages(), key);
}

}  // namespace pinrelay::identity
