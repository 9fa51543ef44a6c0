#include "user_data.hpp"

#include <algorithm>
#include <array>

#include "click_id.hpp"
#include "custom_data.hpp"
#include "destinations/pinterest/labels.hpp"
#include "destinations/pinterest/present.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/identity/digest.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

using Texts = std::vector<std::string>;

// What some fields' rules need beside the text itself.
struct Context {
    const Settings& settings;
    std::string_view country;  // ISO 3166-1 alpha-2 in lower case, or ""
    bool limited_data;         // LDP applies
};

// The texts to hash for one value as it arrived; none where there is nothing sensible in it.
using Clean = Texts (*)(std::string_view text, const Context& context);

Texts one(std::optional<std::string> text) { return text ? Texts{std::move(*text)} : Texts{}; }

// Under LDP the state and the country tell Pinterest which law applies, and its published sample hashes them in
// upper case there.
Texts with_upper_case(std::optional<std::string> text, const Context& context) {
    Texts texts = one(std::move(text));
    if (!texts.empty() && context.limited_data) texts.push_back(ascii::in_upper_case(texts.front()));
    return texts;
}

// Pinterest's text asks for digits only, its own pixel keeps the '+': both, E.164 first.
Texts phone(std::string_view text, const Context& context) {
    const auto e164 = identity::phone(text, context.country);
    if (!e164) return {};
    std::string digits = e164->substr(1);
    switch (context.settings.phone_hash) {
        case PhoneHash::E164: return {*e164};
        case PhoneHash::Digits: return {std::move(digits)};
        case PhoneHash::Both: break;
    }
    return {*e164, std::move(digits)};
}

Texts external_id(std::string_view text, const Context& context) {
    return one(context.settings.external_id_lower_case ? identity::external_id(text)
                                                       : identity::external_id_exact(text));
}

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
    HashedField{"external_id", "user_data.external_id", &model::UserData::external_ids, external_id},
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

Texts digests(const HashedField& field, const Texts& values, const Context& context, WarningList& warnings) {
    Texts list;
    for (const auto& value : values) {
        if (identity::is_absent(value)) continue;
        if (auto digest = identity::existing_digest(value)) {
            add_once(list, std::move(*digest));
            continue;
        }
        const Texts texts = field.clean(value, context);
        if (texts.empty()) warnings.add(warnings::identifier_dropped, field.path, "a value cannot be read as one");
        for (const auto& text : texts) add_once(list, identity::sha256_hex(text));
    }
    return list;
}

// Of the address, since a phone and a postal code are written in the manner of their country; else the account's.
std::string country_of(const model::Event& event, const Settings& settings) {
    for (const auto& text : event.user_data.countries)
        if (auto country = identity::country(text)) return std::move(*country);
    return ascii::in_lower_case(settings.default_region.value_or(""));
}

// Lists of several addresses do not say which country a region or a postal code belongs to.
bool has_several_countries(const model::Event& event) {
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

std::optional<std::string> address(const model::Event& event, const Settings& settings, WarningList& warnings) {
    const auto given = present(event.ip_address);
    if (!given || settings.client_ip == ClientIp::None) return std::nullopt;
    auto usable = identity::public_address(*given);
    if (!usable)
        warnings.add(warnings::address_not_public, "user_data.client_ip_address", "no visitor can have this address");
    return usable ? kept_address(*usable, settings.client_ip) : std::nullopt;
}

std::optional<std::string> customer_type(const model::Event& event, WarningList& warnings) {
    auto type = present(event.customer_type);
    if (!type || *type == "new" || *type == "returning") return type;
    warnings.add(warnings::field_invalid, "user_data.customer_type", "neither \"new\" nor \"returning\"");
    return std::nullopt;
}

}  // namespace

std::optional<std::string> kept_address(const std::string& address, ClientIp policy) {
    switch (policy) {
        case ClientIp::Full: return address;
        case ClientIp::Truncated: return identity::truncated_address(address);
        case ClientIp::None: break;
    }
    return std::nullopt;
}

Object user_data(const model::Event& event, const Settings& settings, WarningList& warnings) {
    const std::string country = country_of(event, settings);
    const Context context{settings, country, limits_data_processing(event)};

    Object members;
    for (const auto& field : hashed_fields) {
        put_filled(members, field.key, digests(field, values_of(field, event, settings), context, warnings));
    }
    put_filled(members, "client_ip_address", address(event, settings, warnings));
    put_filled(members, "client_user_agent", present(event.user_agent));
    put_filled(members, "click_id", click_id(event, settings.click_id_order));
    put_filled(members, "partner_id", present(event.user_data.partner_id));
    put_filled(members, "customer_type", customer_type(event, warnings));
    return members;
}

}  // namespace pinrelay::destinations::pinterest
