#include "identifiers.hpp"

#include <algorithm>
#include <array>
#include <variant>

#include "custom_data.hpp"
#include "destinations/pinterest/labels.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/identity/digest.hpp"
#include "pinrelay/identity/normalise.hpp"
#include "pinrelay/identity/person_values.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

using Texts = std::vector<std::string>;

using identity::Normalised;

// What some fields' rules need beside the text itself.
struct Context {
    const Settings& settings;
    std::string_view country;  // ISO 3166-1 alpha-2 in lower case, or ""
    bool limited_data;         // LDP applies
};

// The texts to hash for one value as it arrived, or the rule that it breaks.
using Cleaned = std::variant<Texts, identity::Problem>;
using Clean = Cleaned (*)(std::string_view text, const Context& context);

Cleaned one(Normalised text) {
    if (!text) return text.problem();
    return Texts{*std::move(text)};
}

// Under LDP the state and the country tell Pinterest which law applies, and its published sample hashes them in
// upper case there.
Cleaned with_upper_case(const Normalised& text, const Context& context) {
    if (!text) return text.problem();
    return context.limited_data ? Texts{*text, ascii::in_upper_case(*text)} : Texts{*text};
}

// Pinterest's text asks for digits only, its own pixel keeps the '+': both, E.164 first.
Cleaned phone(std::string_view text, const Context& context) {
    const auto e164 = identity::phone(text, context.country);
    if (!e164) return e164.problem();
    std::string digits = e164->substr(1);
    switch (context.settings.phone_hash) {
        case PhoneHash::E164: return Texts{*e164};
        case PhoneHash::Digits: return Texts{std::move(digits)};
        case PhoneHash::Both: break;
    }
    return Texts{*e164, std::move(digits)};
}

Cleaned external_id(std::string_view text, const Context& context) {
    return one(context.settings.external_id_lower_case ? identity::external_id(text)
                                                       : identity::external_id_exact(text));
}

constexpr std::size_t unhashed_members = 5;  // that user_data puts behind these

constexpr std::string_view external_id_key = "external_id";

struct HashedField {
    std::string_view key;
    std::string_view path;
    Texts model::UserData::*values;
    Clean clean;
    bool is_of_a_country = false;  // means something else, or nothing, in another country
};

constexpr std::array hashed_fields = {
    HashedField{"em", "user_data.em", &model::UserData::emails,
                [](std::string_view text, const Context&) { return one(identity::email(text)); }},
    HashedField{"ph", "user_data.ph", &model::UserData::phones, phone},
    HashedField{external_id_key, "user_data.external_id", &model::UserData::external_ids, external_id},
    HashedField{"fn", "user_data.fn", &model::UserData::first_names,
                [](std::string_view text, const Context&) { return one(identity::name(text)); }},
    HashedField{"ln", "user_data.ln", &model::UserData::last_names,
                [](std::string_view text, const Context&) { return one(identity::name(text)); }},
    HashedField{"ge", "user_data.ge", &model::UserData::genders,
                [](std::string_view text, const Context&) { return one(identity::gender(text)); }},
    HashedField{"db", "user_data.db", &model::UserData::birth_dates,
                [](std::string_view text, const Context&) { return one(identity::birth_date(text)); }},
    HashedField{"ct", "user_data.ct", &model::UserData::cities,
                [](std::string_view text, const Context&) { return one(identity::city(text)); }},
    HashedField{"st", "user_data.st", &model::UserData::regions,
                [](std::string_view text, const Context& context) {
                    return with_upper_case(identity::region(text, context.country), context);
                },
                true},
    HashedField{
        "zp", "user_data.zp", &model::UserData::postal_codes,
        [](std::string_view text, const Context& context) { return one(identity::postal_code(text, context.country)); },
        true},
    HashedField{"country", "user_data.country", &model::UserData::countries,
                [](std::string_view text, const Context& context) {
                    return with_upper_case(identity::country(text), context);
                }},
    HashedField{"hashed_maids", "user_data.hashed_maids", &model::UserData::advertising_ids,
                [](std::string_view text, const Context&) { return one(identity::advertising_id(text)); }},
};

void add_once(Texts& list, std::string digest) {
    if (std::ranges::find(list, digest) == list.end()) list.push_back(std::move(digest));
}

// A shop's own ids may look like a digest, and an advertising id without its dashes does.
bool is_other_digest(const HashedField& field, std::string_view value) {
    return field.values != &model::UserData::external_ids && field.values != &model::UserData::advertising_ids &&
           identity::is_digest_of_other_length(value);
}

std::string message_about(identity::Problem problem, const Context& context) {
    std::string message = "a value " + std::string(identity::text_of(problem));
    if (problem == identity::Problem::NoCountryCode && !context.settings.default_region)
        message += ": neither the event has a country nor is default_region set";
    return message;
}

PersonMemo::Hashed digests(const HashedField& field, const Texts& values, const Context& context) {
    PersonMemo::Hashed hashed;
    for (const auto& value : values) {
        if (auto digest = identity::existing_digest(value)) {
            add_once(hashed.digests, std::move(*digest));
            continue;
        }
        const Cleaned cleaned =
            is_other_digest(field, value) ? identity::Problem::OtherDigest : field.clean(value, context);
        if (const auto* problem = std::get_if<identity::Problem>(&cleaned)) {
            hashed.warnings.add(warnings::identifier_dropped, field.path, message_about(*problem, context));
            continue;
        }
        for (const auto& text : std::get<Texts>(cleaned)) add_once(hashed.digests, identity::sha256_hex(text));
    }
    return hashed;
}

// Without those that say nothing, and no more than a person has: a mapping rule can name any list.
Texts bounded(const HashedField& field, const Texts& values, WarningList& warnings) {
    identity::PersonValues kept;
    for (const auto& value : values)
        if (!identity::is_absent(value)) kept.add(value);
    if (kept.left_out() > 0)
        warnings.add(warnings::list_left_out, field.path, identity::text_of_left_out(kept.left_out()));
    return kept.take();
}

// Of the address, since a phone and a postal code are written in the manner of their country; else the account's.
std::string country_of(const model::Event& event, const Settings& settings) {
    for (const auto& text : event.user_data.countries)
        if (auto country = identity::country(text)) return *std::move(country);
    return ascii::in_lower_case(settings.default_region.value_or(""));
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

Texts values_of(const HashedField& field, const model::Event& event, const Settings& settings) {
    if (field.values == &model::UserData::external_ids) return external_ids(event, settings);
    const Texts& values = event.user_data.*field.values;
    return field.is_of_a_country && has_several_countries(event) ? leading(values) : values;
}

// Nothing more than the sender itself says of somebody who objects.
bool objects(const model::Event& event) { return event.opt_out.value_or(false) || limits_data_processing(event); }

// What Pinterest's tag keeps in the cookie, as it stands there: that is what Pinterest's own modules for shops hash.
void put_pin_unauth(Object& members, const model::Event& event, const Settings& settings) {
    const auto& cookie = event.cookie_visitor;
    if (!settings.external_id_from_pin_unauth || !cookie || objects(event)) return;
    constexpr std::size_t longest_cookie = 1000;
    if (cookie->size() > longest_cookie || identity::is_absent(*cookie)) return;
    put_filled(members, external_id_key, Texts{identity::sha256_hex(*cookie)});
}

}  // namespace

Object hashed_identifiers(const model::Event& event, const Settings& settings, PersonMemo& memo,
                          WarningList& warnings) {
    const std::string country = country_of(event, settings);
    const Context context{settings, country, limits_data_processing(event)};
    Object members;
    members.reserve(hashed_fields.size() + unhashed_members);
    for (std::size_t i = 0; i < hashed_fields.size(); ++i) {
        const HashedField& field = hashed_fields[i];
        Texts values = bounded(field, values_of(field, event, settings), warnings);
        if (values.empty()) {
            if (field.key == external_id_key) put_pin_unauth(members, event, settings);
            continue;
        }
        PersonMemo::Input input{std::move(values), country, context.limited_data};
        const auto hash = [&](const PersonMemo::Input& of) { return digests(field, of.values, context); };
        const PersonMemo::Hashed& hashed = memo.of(i, std::move(input), hash);
        for (const auto& warning : hashed.warnings.all()) warnings.add(warning.code, warning.field, warning.message);
        put_filled(members, field.key, hashed.digests);
        if (field.key == external_id_key && find(members, external_id_key) == nullptr)
            put_pin_unauth(members, event, settings);
    }
    return members;
}

}  // namespace pinrelay::destinations::pinterest
