#include <algorithm>
#include <array>

#include "identity/text/field_text.hpp"
#include "identity/text/lookup_key.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::identity {
namespace {

struct Word {
    std::string_view key;  // as lookup_key gives it
    std::string_view gender;
};

// English, German, French, Spanish, Italian, Portuguese, Dutch, the Nordic languages, Polish, Czech, Russian, Turkish,
// and the titles that stand in for a gender in shops' forms. Left out because two languages disagree: "k", "v", "d".
// "m" is male although a Spanish form may mean "mujer": the destination's own letter wins.
constexpr std::array words = {
    Word{"f", "f"},          Word{"female", "f"},     Word{"woman", "f"},       Word{"women", "f"},
    Word{"girl", "f"},       Word{"lady", "f"},       Word{"w", "f"},           Word{"weiblich", "f"},
    Word{"frau", "f"},       Word{"femme", "f"},      Word{"feminin", "f"},     Word{"feminine", "f"},
    Word{"femenino", "f"},   Word{"femenina", "f"},   Word{"mujer", "f"},       Word{"femmina", "f"},
    Word{"femminile", "f"},  Word{"donna", "f"},      Word{"feminino", "f"},    Word{"feminina", "f"},
    Word{"mulher", "f"},     Word{"vrouw", "f"},      Word{"vrouwelijk", "f"},  Word{"kvinna", "f"},
    Word{"kvinde", "f"},     Word{"kvinne", "f"},     Word{"nainen", "f"},      Word{"kobieta", "f"},
    Word{"zena", "f"},       Word{"kadın", "f"},      Word{"kadin", "f"},       Word{"женскии", "f"},
    Word{"женщина", "f"},    Word{"ж", "f"},          Word{"女", "f"},          Word{"女性", "f"},
    Word{"mrs", "f"},        Word{"ms", "f"},         Word{"miss", "f"},        Word{"madame", "f"},
    Word{"mme", "f"},        Word{"senora", "f"},     Word{"signora", "f"},     Word{"m", "m"},
    Word{"male", "m"},       Word{"man", "m"},        Word{"men", "m"},         Word{"boy", "m"},
    Word{"h", "m"},          Word{"mannlich", "m"},   Word{"maennlich", "m"},   Word{"mann", "m"},
    Word{"herr", "m"},       Word{"homme", "m"},      Word{"masculin", "m"},    Word{"masculine", "m"},
    Word{"masculino", "m"},  Word{"hombre", "m"},     Word{"varon", "m"},       Word{"maschio", "m"},
    Word{"maschile", "m"},   Word{"uomo", "m"},       Word{"homem", "m"},       Word{"mannelijk", "m"},
    Word{"mand", "m"},       Word{"mies", "m"},       Word{"mezczyzna", "m"},   Word{"muz", "m"},
    Word{"erkek", "m"},      Word{"мужскои", "m"},    Word{"мужчина", "m"},     Word{"м", "m"},
    Word{"男", "m"},         Word{"男性", "m"},       Word{"mr", "m"},          Word{"mister", "m"},
    Word{"monsieur", "m"},   Word{"senor", "m"},      Word{"signor", "m"},      Word{"n", "n"},
    Word{"x", "n"},          Word{"other", "n"},      Word{"nonbinary", "n"},   Word{"nb", "n"},
    Word{"enby", "n"},       Word{"diverse", "n"},    Word{"divers", "n"},      Word{"neutral", "n"},
    Word{"intersex", "n"},   Word{"inter", "n"},      Word{"genderqueer", "n"}, Word{"genderfluid", "n"},
    Word{"agender", "n"},    Word{"nichtbinar", "n"}, Word{"andere", "n"},      Word{"autre", "n"},
    Word{"nonbinaire", "n"}, Word{"otro", "n"},       Word{"nobinario", "n"},   Word{"altro", "n"},
    Word{"nonbinario", "n"}, Word{"outro", "n"},      Word{"naobinario", "n"},  Word{"anders", "n"},
    Word{"nietbinair", "n"}, Word{"nonbinair", "n"},  Word{"ickebinar", "n"},
};

}  // namespace

Normalised gender(std::string_view text) {
    const auto field = field_text(text);
    if (!field) return problem_of_field(text);
    const auto* const word = std::ranges::find(words, lookup_key(*field), &Word::key);
    if (word == words.end()) return Problem::UnknownGender;
    return std::string(word->gender);
}

}  // namespace pinrelay::identity
