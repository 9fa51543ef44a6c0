#include "identifiers.hpp"

#include <algorithm>
#include <array>
#include <span>

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
using identity::Problem;
using model::Value;

void add_once(Texts& list, std::string digest) {
    if (std::ranges::find(list, digest) == list.end()) list.push_back(std::move(digest));
}

void add_digest_of(std::string_view text, Texts& digests) { add_once(digests, identity::sha256_hex(text)); }

// Adds the digests of one value as it came, or says which rule the value breaks.
using Hash = std::optional<Problem> (*)(std::string_view text, Scene& scene, Texts& digests);

std::optional<Problem> one(const Normalised& text, Texts& digests) {
    if (!text) return text.problem();
    add_digest_of(*text, digests);
    return std::nullopt;
}

// Under LDP the state and the country tell Pinterest which law applies, and its published sample hashes them in
// upper case there.
std::optional<Problem> with_upper_case(const Normalised& text, Scene& scene, Texts& digests) {
    if (const auto problem = one(text, digests)) return problem;
    if (scene.limits_data()) add_digest_of(ascii::in_upper_case(*text), digests);
    return std::nullopt;
}

// Pinterest's text asks for digits only, its own pixel keeps the '+': both, E.164 first.
std::optional<Problem> phone(std::string_view text, Scene& scene, Texts& digests) {
    const auto e164 = identity::phone(text, scene.country());
    if (!e164) return e164.problem();
    const PhoneHash form = scene.settings.phone_hash;
    if (form != PhoneHash::Digits) add_digest_of(*e164, digests);
    if (form != PhoneHash::E164) add_digest_of(std::string_view(*e164).substr(1), digests);
    return std::nullopt;
}

std::optional<Problem> external_id(std::string_view text, Scene& scene, Texts& digests) {
    return one(scene.settings.external_id_lower_case ? identity::external_id(text) : identity::external_id_exact(text),
               digests);
}

// A region and a postal code mean something else, or nothing, in another country.
enum class Of { Person, Country };

const Texts& texts_at(const Field& field, const model::UserData& data) {
    return data.*std::get<Texts model::UserData::*>(field.place);
}

// A shop's own ids may look like a digest, and an advertising id without its dashes does.
bool is_other_digest(const Field& field, std::string_view value) {
    const auto values = std::get<Texts model::UserData::*>(field.place);
    return values != &model::UserData::external_ids && values != &model::UserData::advertising_ids &&
           identity::is_digest_of_other_length(value);
}

std::string message_about(Problem problem, const Settings& settings) {
    std::string message = "a value " + std::string(identity::text_of(problem));
    if (problem == identity::Problem::NoCountryCode && !settings.default_region)
        message += ": neither the event has a country nor is default_region set";
    return message;
}

Texts digests(const Field& field, std::span<const std::string_view> values, Hash hash, Scene& scene, Notes& notes) {
    Texts digests;
    for (const std::string_view value : values) {
        if (auto digest = identity::existing_digest(value)) {
            add_once(digests, std::move(*digest));
            continue;
        }
        const auto problem =
            is_other_digest(field, value) ? std::optional(Problem::OtherDigest) : hash(value, scene, digests);
        if (problem) notes.warn(warnings::identifier_dropped, path_of(field), message_about(*problem, scene.settings));
    }
    return digests;
}

// Without those that say nothing, and no more than a person has: a mapping rule can name any list.
std::vector<std::string_view> bounded(const Field& field, const Texts& values, Notes& notes) {
    identity::PersonValueViews kept;
    for (const auto& value : values)
        if (!identity::is_absent(value)) kept.add(value);
    if (kept.left_out() > 0)
        notes.warn(warnings::list_left_out, path_of(field), identity::text_of_left_out(kept.left_out()));
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

// The event's own list, or one that is made in `room`.
const Texts& values_of(const Field& field, Of of, const model::Event& event, const Settings& settings, Texts& room) {
    const Texts& values = texts_at(field, event.user_data);
    if (&values == &event.user_data.external_ids) return room = external_ids(event, settings);
    if (of == Of::Country && has_several_countries(event)) return room = leading(values);
    return values;
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

// The first of those that external_ids() looks at.
std::string source_of_ids(const model::Event& event) {
    for (const Place& place : {Place(&model::UserData::external_ids), Place(&model::Event::user_id),
                               Place(&model::Event::client_id), Place(&model::Event::cookie_visitor)})
        if (auto source = source_at(event, place); !source.empty()) return source;
    return {};
}

// Other events of the request may have the same values.
Texts shared_digests(const Field& field, std::span<const std::string_view> values, Hash hash, Scene& scene,
                     Notes& notes) {
    PersonMemo::Input input{Texts(values.begin(), values.end()), scene.country(), scene.limits_data()};
    const PersonMemo::Hashed& known = scene.memo->of(field, std::move(input), [&] {
        PersonMemo::Hashed made;
        made.digests = digests(field, values, hash, scene, made.notes);
        return made;
    });
    for (const auto& warning : known.notes.all()) notes.warn(warning.code, warning.field, warning.message);
    return known.digests;
}

std::optional<Value> hashed(const Field& field, Of of, Hash hash, Scene& scene, Notes& notes) {
    Texts room;
    const Texts& all = values_of(field, of, scene.event, scene.settings, room);
    const std::vector<std::string_view> values = bounded(field, all, notes);
    if (values.empty()) return std::nullopt;
    Texts found = scene.memo == nullptr ? digests(field, values, hash, scene, notes)
                                        : shared_digests(field, values, hash, scene, notes);
    return found.empty() ? std::nullopt : std::optional(text_list(std::move(found)));
}

template <Normalised rule(std::string_view)>
std::optional<Problem> cleaned(std::string_view text, Scene&, Texts& digests) {
    return one(rule(text), digests);
}

std::optional<Problem> region(std::string_view text, Scene& scene, Texts& digests) {
    return with_upper_case(identity::region(text, scene.country()), scene, digests);
}

std::optional<Problem> postal_code(std::string_view text, Scene& scene, Texts& digests) {
    return one(identity::postal_code(text, scene.country()), digests);
}

std::optional<Problem> country(std::string_view text, Scene& scene, Texts& digests) {
    return with_upper_case(identity::country(text), scene, digests);
}

}  // namespace

namespace make {

std::optional<Value> emails(const Field& field, Scene& scene, Notes& notes) {
    return hashed(field, Of::Person, cleaned<identity::email>, scene, notes);
}

std::optional<Value> phones(const Field& field, Scene& scene, Notes& notes) {
    return hashed(field, Of::Person, phone, scene, notes);
}

std::optional<Value> external_ids(const Field& field, Scene& scene, Notes& notes) {
    auto ids = hashed(field, Of::Person, external_id, scene, notes);
    if (!ids) ids = pin_unauth(scene.event, scene.settings);
    if (ids && notes.explains()) notes.chose(path_of(field), source_of_ids(scene.event), field.rule);
    return ids;
}

std::optional<Value> names(const Field& field, Scene& scene, Notes& notes) {
    return hashed(field, Of::Person, cleaned<identity::name>, scene, notes);
}

std::optional<Value> genders(const Field& field, Scene& scene, Notes& notes) {
    return hashed(field, Of::Person, cleaned<identity::gender>, scene, notes);
}

std::optional<Value> birth_dates(const Field& field, Scene& scene, Notes& notes) {
    return hashed(field, Of::Person, cleaned<identity::birth_date>, scene, notes);
}

std::optional<Value> cities(const Field& field, Scene& scene, Notes& notes) {
    return hashed(field, Of::Person, cleaned<identity::city>, scene, notes);
}

std::optional<Value> regions(const Field& field, Scene& scene, Notes& notes) {
    return hashed(field, Of::Country, region, scene, notes);
}

std::optional<Value> postal_codes(const Field& field, Scene& scene, Notes& notes) {
    return hashed(field, Of::Country, postal_code, scene, notes);
}

std::optional<Value> countries(const Field& field, Scene& scene, Notes& notes) {
    return hashed(field, Of::Person, country, scene, notes);
}

std::optional<Value> advertising_ids(const Field& field, Scene& scene, Notes& notes) {
    return hashed(field, Of::Person, cleaned<identity::advertising_id>, scene, notes);
}

}  // namespace make
}  // namespace pinrelay::destinations::pinterest
