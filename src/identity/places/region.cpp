#include <algorithm>
#include <span>

#include "identity/text/field_text.hpp"
#include "identity/text/lookup_key.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/identity/normalise.hpp"
#include "region_tables.hpp"

namespace pinrelay::identity {
namespace {

constexpr std::size_t code_size = 2;

struct Division {
    std::string_view country;
    std::span<const Region> regions;
};

constexpr std::array divisions = {Division{"us", us_regions}, Division{"ca", canadian_regions}};

bool is_code_shaped(std::string_view text) noexcept { return text.size() == code_size && ascii::all_letters(text); }

// Where the regions are known, the code must be one of them; elsewhere two letters have to be believed.
Normalised by_code(std::string_view code, std::string_view country) {
    if (!is_code_shaped(code)) return Problem::UnknownRegion;
    const std::string lowered{ascii::lower(code[0]), ascii::lower(code[1])};
    const auto* const division = std::ranges::find(divisions, country, &Division::country);
    if (division != divisions.end() &&
        std::ranges::find(division->regions, lowered, &Region::code) == division->regions.end())
        return Problem::UnknownRegion;
    return lowered;
}

// No state shares its name with a province, so that the country may be unknown.
Normalised by_name(std::string_view key, std::string_view country) {
    for (const auto& division : divisions) {
        if (!country.empty() && division.country != country) continue;
        const auto found = std::ranges::find(division.regions, key, &Region::key);
        if (found != division.regions.end()) return std::string(found->code);
    }
    constexpr std::size_t longest_code = 3;
    return key.size() == longest_code ? Problem::LongRegionCode : Problem::UnknownRegion;
}

// ISO 3166-2: "US-CA".
bool is_prefixed(std::string_view text) noexcept {
    return text.size() == 2 * code_size + 1 && (text[code_size] == '-' || text[code_size] == '_') &&
           is_code_shaped(text.substr(0, code_size)) && is_code_shaped(text.substr(code_size + 1));
}

}  // namespace

Normalised region(std::string_view text, std::string_view country) {
    const auto field = field_text(text);
    if (!field) return problem_of_field(text);
    const std::string home = identity::country(country).value_or("");
    if (is_prefixed(*field)) {
        const auto prefix = identity::country(field->substr(0, code_size));
        if (!prefix) return Problem::UnknownCountry;
        if (!home.empty() && *prefix != home) return Problem::OtherCountrysRegion;
        return by_code(field->substr(code_size + 1), *prefix);
    }
    const std::string key = lookup_key(*field);  // so that "N.Y." is "ny"
    return is_code_shaped(key) ? by_code(key, home) : by_name(key, home);
}

}  // namespace pinrelay::identity
