#include <algorithm>

#include "country_names.hpp"
#include "identity/text/field_text.hpp"
#include "identity/text/lookup_key.hpp"
#include "identity/text/unicode.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::identity {
namespace {

constexpr std::size_t most_parts = 4;

// Between two words for one country: "United Kingdom (UK)", "DE - Deutschland", "Belgique / België", "GB: England".
constexpr std::string_view part_ends = "()[]/|,;:";
constexpr std::string_view dashes[] = {" - ", " – ", " — "};

// Says which part of the country, or nothing at all, and never another country: "Spain (Mainland)".
constexpr std::string_view harmless[] = {"eu", "mainland", "metropolitan", "festland", "peninsula"};

std::string with_one_mark(std::string_view text) {
    std::string parts(text);
    for (const auto dash : dashes)
        for (auto at = parts.find(dash); at != std::string::npos; at = parts.find(dash))
            parts.replace(at, dash.size(), "|");
    return parts;
}

// The country that all words of the text name; nothing where a word is unknown, or two name different countries.
std::optional<std::string> named_by_parts(std::string_view text) {
    const std::string marked = with_one_mark(text);
    std::string_view rest = marked;
    std::optional<std::string> code;
    std::size_t parts = 0;
    while (!rest.empty()) {
        const auto end = rest.find_first_of(part_ends);
        const auto part = ascii::trimmed(rest.substr(0, end));
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        if (part.empty()) continue;
        const std::string key = lookup_key(part);
        if (std::ranges::find(harmless, key) != std::end(harmless)) continue;
        auto found = ++parts > most_parts ? std::nullopt : country_by_key(key);
        if (!found || (code && *code != *found)) return std::nullopt;
        code = std::move(found);
    }
    return code;
}

}  // namespace

Normalised country(std::string_view text) {
    const auto field = field_text(text);
    if (!field) return problem_of_field(text);
    if (auto code = country_by_letters(*field)) return std::move(*code);
    if (!is_utf8(*field)) return Problem::NotUtf8;
    if (auto code = country_by_key(lookup_key(*field))) return std::move(*code);
    if (auto code = named_by_parts(*field)) return std::move(*code);
    return Problem::UnknownCountry;
}

}  // namespace pinrelay::identity
