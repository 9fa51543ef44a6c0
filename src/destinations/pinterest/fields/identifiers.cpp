#include "identifiers.hpp"

#include <algorithm>
#include <array>
#include <variant>

#include "destinations/pinterest/labels.hpp"
#include "destinations/pinterest/scene/data_processing.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/identity/digest.hpp"
#include "pinrelay/identity/normalise.hpp"
#include "pinrelay/identity/person_values.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

using Texts = std::vector<std::string>;

using identity::Normalised;
using model::Value;

// The texts to hash for one value as it arrived, or the rule that it breaks.
using Cleaned = std::variant<Texts, identity::Problem>;
using Clean = Cleaned (*)(std::string_view text, Scene& scene);

Cleaned one(Normalised text) {
    if (!text) return text.problem();
    return Texts{*std::move(text)};
}

// Under LDP the state and the country tell Pinterest which law applies, and its published sample hashes them in
// upper case there.
Cleaned with_upper_case(const Normalised& text, Scene& scene) {
    if (!text) return text.problem();
    return scene.limits_data() ? Texts{*text, ascii::in_upper_case(*text)} : Texts{*text};
}

// Pinterest's text asks for digits only, its own pixel keeps the '+': both, E.164 first.
Cleaned phone(std::string_view text, Scene& scene) {
    const auto e164 = identity::phone(text, scene.country());
    if (!e164) return e164.problem();
    std::string digits = e164->substr(1);
    switch (scene.settings.phone_hash) {
        case PhoneHash::E164: return Texts{*e164};
        case PhoneHash::Digits: return Texts{std::move(digits)};
        case PhoneHash::Both: break;
    }
    return Texts{*e164, std::move(digits)};
}

Cleaned external_id(std::string_view text, Scene& scene) {
    return one(scene.settings.external_id_lower_case ? identity::external_id(text) : identity::external_id_exact(text));
}

// A region and a postal code mean something else, or nothing, in another country.
enum class Of { Person, Country };

const Texts& texts_at(const Field& field, const model::UserData& data) {
    return data.*std::get<Texts model::UserData::*>(field.place);
}

std::string path_of(const Field& field) { return "user_data." + std::string(field.key); }

void add_once(Texts& list, std::string digest) {
    if (std::ranges::find(list, digest) == list.end()) list.push_back(std::move(digest));
}

// A shop's own ids may look like a digest, and an advertising id without its dashes does.
bool is_other_digest(const Field& field, std::string_view value) {
    const auto values = std::get<Texts model::UserData::*>(field.place);
    return values != &model::UserData::external_ids && values != &model::UserData::advertising_ids &&
           identity::is_digest_of_other_length(value);
}

std::string message_about(identity::Problem problem, const Settings& settings) {
    std::string message = "a value " + std::string(identity::text_of(problem));
    if (problem == identity::Problem::NoCountryCode && !settings.default_region)
        message += ": neither the event has a country nor is default_region set";
    return message;
}

PersonMemo::Hashed digests(const Field& field, const Texts& values, Clean clean, Scene& scene) {
    PersonMemo::Hashed hashed;
    for (const auto& value : values) {
        if (auto digest = identity::existing_digest(value)) {
            add_once(hashed.digests, std::move(*digest));
            continue;
        }
        const Cleaned cleaned = is_other_digest(field, value) ? identity::Problem::OtherDigest : clean(value, scene);
        if (const auto* problem = std::get_if<identity::Problem>(&cleaned)) {
            hashed.warnings.add(warnings::identifier_dropped, path_of(field), message_about(*problem, scene.settings));
            continue;
        }
        for (const auto& text : std::get<Texts>(cleaned)) add_once(hashed.digests, identity::sha256_hex(text));
    }
    return hashed;
}

// Without those that say nothing, and no more than a person has: a mapping rule can name any list.
Texts bounded(const Field& field, const Texts& values, WarningList& warnings) {
    identity::PersonValues kept;
    for (const auto& value : values)
        if (!identity::is_absent(value)) kept.add(value);
    if (kept.left_out() > 0)
        warnings.add(warnings::list_left_out, path_of(field), identity::text_of_left_out(kept.left_out()));
    return kept.take();
}

// Lists of several addresses do not say which country a region or a postal code belongs to.
bool has_several_countries(const model::Event& event) {
    if (event.user_data.countries.size() < 2) return false;
    Texts seen;
    for (const auto& text : event.user_data.countries) {
        if (auto digest = identity::existing_digest(text)) {
            add_once(seen, std::move(*digest));
        } else if (const auto country = identity::country(text)) {
            add_once(seen, identity::sha256_hex(*country));
        }
    }
    return seen.size() > 1;
}

// The leading address comes first; its country is the one by which values are cleaned.
Texts leading(const Texts& values) {
    const auto first = std::ranges::find_if_not(values, identity::is_absent);
    return first == values.end() ? Texts{} : Texts{*first};
}

// The user's own ids; where there is none, the browser's, if the operator wants that.
Texts external_ids(const model::Event& event, const Settings& settings) {
    Texts ids = event.user_data.external_ids;
    if (event.user_id) ids.push_back(*event.user_id);
    const bool none = std::ranges::all_of(ids, [](const auto& id) { return identity::is_absent(id); });
    if (none && settings.external_id_from_client_id && event.client_id) ids.push_back(*event.client_id);
    return ids;
}

Texts values_of(const Field& field, Of of, const model::Event& event, const Settings& settings) {
    const Texts& values = texts_at(field, event.user_data);
    if (&values == &event.user_data.external_ids) return external_ids(event, settings);
    return of == Of::Country && has_several_countries(event) ? leading(values) : values;
}

// Nothing more than the sender itself says of somebody who objects.
bool objects(const model::Event& event) { return event.opt_out.value_or(false) || limits_data_processing(event); }

// What Pinterest's tag keeps in the cookie, as it stands there: that is what Pinterest's own modules for shops hash.
std::optional<Value> pin_unauth(const model::Event& event, const Settings& settings) {
    const auto& cookie = event.cookie_visitor;
    if (!settings.external_id_from_pin_unauth || !cookie || objects(event)) return std::nullopt;
    constexpr std::size_t longest_cookie = 1000;
    if (cookie->size() > longest_cookie || identity::is_absent(*cookie)) return std::nullopt;
    return text_list({identity::sha256_hex(*cookie)});
}

// `memo` only saves work.
std::optional<Value> hashed(const Field& field, Of of, Clean clean, Scene& scene, WarningList& warnings) {
    Texts values = bounded(field, values_of(field, of, scene.event, scene.settings), warnings);
    if (values.empty()) return std::nullopt;
    PersonMemo::Input input{std::move(values), scene.country(), scene.limits_data()};
    const auto hash = [&](const PersonMemo::Input& from) { return digests(field, from.values, clean, scene); };
    const PersonMemo::Hashed& result = scene.memo.of(field, std::move(input), hash);
    for (const auto& warning : result.warnings.all()) warnings.add(warning.code, warning.field, warning.message);
    return result.digests.empty() ? std::nullopt : std::optional(text_list(result.digests));
}

template <Normalised rule(std::string_view)>
Cleaned cleaned(std::string_view text, Scene&) {
    return one(rule(text));
}

Cleaned region(std::string_view text, Scene& scene) {
    return with_upper_case(identity::region(text, scene.country()), scene);
}

Cleaned postal_code(std::string_view text, Scene& scene) { return one(identity::postal_code(text, scene.country())); }

Cleaned country(std::string_view text, Scene& scene) { return with_upper_case(identity::country(text), scene); }

}  // namespace

namespace make {

std::optional<Value> emails(const Field& field, Scene& scene, WarningList& warnings) {
    return hashed(field, Of::Person, cleaned<identity::email>, scene, warnings);
}

std::optional<Value> phones(const Field& field, Scene& scene, WarningList& warnings) {
    return hashed(field, Of::Person, phone, scene, warnings);
}

std::optional<Value> external_ids(const Field& field, Scene& scene, WarningList& warnings) {
    auto ids = hashed(field, Of::Person, external_id, scene, warnings);
    return ids ? ids : pin_unauth(scene.event, scene.settings);
}

std::optional<Value> names(const Field& field, Scene& scene, WarningList& warnings) {
    return hashed(field, Of::Person, cleaned<identity::name>, scene, warnings);
}

std::optional<Value> genders(const Field& field, Scene& scene, WarningList& warnings) {
    return hashed(field, Of::Person, cleaned<identity::gender>, scene, warnings);
}

std::optional<Value> birth_dates(const Field& field, Scene& scene, WarningList& warnings) {
    return hashed(field, Of::Person, cleaned<identity::birth_date>, scene, warnings);
}

std::optional<Value> cities(const Field& field, Scene& scene, WarningList& warnings) {
    return hashed(field, Of::Person, cleaned<identity::city>, scene, warnings);
}

std::optional<Value> regions(const Field& field, Scene& scene, WarningList& warnings) {
    return hashed(field, Of::Country, region, scene, warnings);
}

std::optional<Value> postal_codes(const Field& field, Scene& scene, WarningList& warnings) {
    return hashed(field, Of::Country, postal_code, scene, warnings);
}

std::optional<Value> countries(const Field& field, Scene& scene, WarningList& warnings) {
    return hashed(field, Of::Person, country, scene, warnings);
}

std::optional<Value> advertising_ids(const Field& field, Scene& scene, WarningList& warnings) {
    return hashed(field, Of::Person, cleaned<identity::advertising_id>, scene, warnings);
}

}  // namespace make
}  // namespace pinrelay::destinations::pinterest
