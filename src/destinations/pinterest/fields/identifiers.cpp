#include "identifiers.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "destinations/pinterest/json_object.hpp"
#include "destinations/pinterest/labels.hpp"
#include "destinations/pinterest/scene/data_processing.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/identity/digest.hpp"
#include "pinrelay/identity/normalise.hpp"
#include "pinrelay/identity/person_values.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

using identity::Normalised;
using identity::Problem;
using model::Texts;
using model::Value;

// Different ones, in the scene's arena.
class Digests {
public:
    explicit Digests(model::Arena& arena) : arena_(&arena), all_(arena) {}

    // The digest is in the arena.
    void add(std::string_view digest) {
        const Value value(digest);
        if (std::find(all_.begin(), all_.end(), value) == all_.end()) all_.push_back(value);
    }
    void add_copy(std::string_view digest) { add(arena_->copy(digest)); }
    void add_of(std::string_view text) { add(sha256_of(text, *arena_)); }

    std::span<const Value> all() const noexcept { return all_.span(); }

private:
    model::Arena* arena_;
    model::GrowingList<Value> all_;
};

// Adds the digests of one value as it came, or says which rule the value breaks.
using Hash = std::optional<Problem> (*)(std::string_view text, Scene& scene, Digests& digests);

std::optional<Problem> one(const Normalised& text, Digests& digests) {
    if (!text) return text.problem();
    digests.add_of(*text);
    return std::nullopt;
}

// Under LDP the state and the country tell Pinterest which law applies, and its published sample hashes them in
// upper case there.
std::optional<Problem> with_upper_case(const Normalised& text, Scene& scene, Digests& digests) {
    if (const auto problem = one(text, digests)) return problem;
    if (scene.limits_data()) digests.add_of(ascii::in_upper_case(*text));
    return std::nullopt;
}

// Pinterest's text asks for digits only, its own pixel keeps the '+': both, E.164 first.
std::optional<Problem> phone(std::string_view text, Scene& scene, Digests& digests) {
    const auto e164 = identity::phone(text, scene.country());
    if (!e164) return e164.problem();
    const PhoneHash form = scene.settings.phone_hash;
    if (form != PhoneHash::Digits) digests.add_of(*e164);
    if (form != PhoneHash::E164) digests.add_of(std::string_view(*e164).substr(1));
    return std::nullopt;
}

std::optional<Problem> external_id(std::string_view text, Scene& scene, Digests& digests) {
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

Digests digests(const Field& field, std::span<const std::string_view> values, Hash hash, Scene& scene, Notes& notes) {
    Digests digests(scene.arena);
    for (const std::string_view value : values) {
        if (const auto digest = identity::existing_digest(value)) {
            digests.add_copy(*digest);
            continue;
        }
        const auto problem =
            is_other_digest(field, value) ? std::optional(Problem::OtherDigest) : hash(value, scene, digests);
        if (problem) notes.warn(warnings::identifier_dropped, path_of(field), message_about(*problem, scene.settings));
    }
    return digests;
}

// Without those that say nothing, and no more than a person has: a mapping rule can name any list.
identity::PersonValues::Texts bounded(const Field& field, const Texts& values, Notes& notes) {
    identity::PersonValues kept;
    for (const std::string_view value : values)
        if (!identity::is_absent(value)) kept.add(value);
    if (kept.left_out() > 0)
        notes.warn(warnings::list_left_out, path_of(field), identity::text_of_left_out(kept.left_out()));
    return kept.take();
}

// Lists of several addresses do not say which country a region or a postal code belongs to.
bool has_several_countries(const model::Event& event, model::Arena& arena) {
    if (event.user_data.countries.size() < 2) return false;
    Digests seen(arena);
    for (const std::string_view text : event.user_data.countries) {
        if (const auto digest = identity::existing_digest(text)) {
            seen.add_copy(*digest);
        } else if (const auto country = identity::country(text)) {
            seen.add_of(*country);
        }
    }
    return seen.all().size() > 1;
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
const Texts& values_of(const Field& field, Of of, Scene& scene, Texts& room) {
    const model::Event& event = scene.event;
    const Texts& values = texts_at(field, event.user_data);
    if (&values == &event.user_data.external_ids) return room = external_ids(event, scene.settings);
    if (of == Of::Country && has_several_countries(event, scene.arena)) return room = leading(values);
    return values;
}

// Nothing more than the sender itself says of somebody who objects.
bool objects(const model::Event& event) { return event.opt_out.value_or(false) || limits_data_processing(event); }

// What Pinterest's tag keeps in the cookie, as it stands there: that is what Pinterest's own modules for shops hash.
std::optional<Value> pin_unauth(const model::Event& event, const Settings& settings, model::Arena& arena) {
    const auto& cookie = event.cookie_visitor;
    if (!settings.external_id_from_pin_unauth || !cookie || objects(event)) return std::nullopt;
    constexpr std::size_t longest_cookie = 1000;
    if (cookie->size() > longest_cookie || identity::is_absent(*cookie)) return std::nullopt;
    Digests digests(arena);
    digests.add_of(*cookie);
    return Value(digests.all());
}

// The first of those that external_ids() looks at.
std::string source_of_ids(const model::Event& event) {
    for (const Place& place : {Place(&model::UserData::external_ids), Place(&model::Event::user_id),
                               Place(&model::Event::client_id), Place(&model::Event::cookie_visitor)})
        if (auto source = source_at(event, place); !source.empty()) return source;
    return {};
}

// Other events of the request may have the same values.
Digests shared_digests(const Field& field, std::span<const std::string_view> values, Hash hash, Scene& scene,
                       Notes& notes) {
    const PersonMemo::Input input{values, scene.country(), scene.limits_data()};
    const PersonMemo::Hashed& known = scene.memo->of(field, input, [&] {
        PersonMemo::Hashed made;
        const Digests found = digests(field, values, hash, scene, made.notes);
        for (const Value& digest : found.all()) made.digests += *digest.text();
        return made;
    });
    for (const auto& warning : known.notes.all()) notes.warn(warning.code, warning.field, warning.message);
    Digests found(scene.arena);
    for (std::string_view rest = known.digests; !rest.empty(); rest.remove_prefix(identity::sha256_hex_size))
        found.add_copy(rest.substr(0, identity::sha256_hex_size));
    return found;
}

std::optional<Value> hashed(const Field& field, Of of, Hash hash, Scene& scene, Notes& notes) {
    Texts room;
    const auto values = bounded(field, values_of(field, of, scene, room), notes);
    if (values.empty()) return std::nullopt;
    const Digests found = scene.memo == nullptr ? digests(field, values, hash, scene, notes)
                                                : shared_digests(field, values, hash, scene, notes);
    return found.all().empty() ? std::nullopt : std::optional(Value(found.all()));
}

template <Normalised rule(std::string_view)>
std::optional<Problem> cleaned(std::string_view text, Scene&, Digests& digests) {
    return one(rule(text), digests);
}

std::optional<Problem> region(std::string_view text, Scene& scene, Digests& digests) {
    return with_upper_case(identity::region(text, scene.country()), scene, digests);
}

std::optional<Problem> postal_code(std::string_view text, Scene& scene, Digests& digests) {
    return one(identity::postal_code(text, scene.country()), digests);
}

std::optional<Problem> country(std::string_view text, Scene& scene, Digests& digests) {
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
    if (!ids) ids = pin_unauth(scene.event, scene.settings, scene.arena);
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
