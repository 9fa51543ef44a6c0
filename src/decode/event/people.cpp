#include "people.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "pinrelay/decode/warnings.hpp"

namespace pinrelay::decode {
namespace {

using model::UserData;
using Texts = std::vector<std::string>;

struct Source {
    Texts UserData::*member;
    Field field;
    Field otherwise = Field::Count;  // read where `field` says nothing; Count: there is none
};

constexpr std::array direct_sources = {
    Source{&UserData::emails, Field::Email, Field::EmailDigest},
    Source{&UserData::phones, Field::Phone, Field::PhoneDigest},
    Source{&UserData::genders, Field::Gender},
    Source{&UserData::birth_dates, Field::BirthDate},
    Source{&UserData::external_ids, Field::ExternalId, Field::UserId},
    Source{&UserData::advertising_ids, Field::AdvertisingId},
};

constexpr std::array address_sources = {
    Source{&UserData::first_names, Field::FirstName, Field::FirstNameDigest},
    Source{&UserData::last_names, Field::LastName, Field::LastNameDigest},
    Source{&UserData::cities, Field::City},
    Source{&UserData::regions, Field::Region},
    Source{&UserData::postal_codes, Field::PostalCode},
    Source{&UserData::countries, Field::Country},
};

// What a street address must have for Google to use it; ours are told apart by the same measure.
constexpr std::array complete_address = {&UserData::first_names, &UserData::last_names, &UserData::postal_codes,
                                         &UserData::countries};

constexpr std::size_t most_addresses = 20;  // no person has more, and each is compared with the others

Texts read(const Fields& fields, const Source& source) {
    Texts texts = fields.texts(source.field);
    if (!texts.empty() || source.otherwise == Field::Count) return texts;
    return fields.texts(source.otherwise);
}

void append_new(Texts& known, Texts more) {
    for (std::string& text : more) {
        if (std::ranges::find(known, text) == known.end()) known.push_back(std::move(text));
    }
}

UserData read_address(const model::Value& address) {
    Fields fields;
    fields.read(address, 0, "user_data_address");
    UserData person;
    for (const Source& source : address_sources) person.*source.member = read(fields, source);
    return person;
}

bool is_complete(const UserData& address) {
    return std::ranges::none_of(complete_address,
                                [&address](Texts UserData::*member) { return (address.*member).empty(); });
}

void warn_of_cut(std::vector<model::Warning>& warnings, std::string_view path, std::size_t left_out) {
    if (left_out == 0) return;
    warnings.push_back({warnings::list_left_out, std::string(path),
                        "the last " + std::to_string(left_out) + " values of a long list are left out"});
}

bool is_place_in_list(std::string_view key) noexcept {
    return !key.empty() && key.find_first_not_of("0123456789") == std::string_view::npos;
}

// The addresses of a list, also of one that became an object: {"0":{…},"1":{…}}. Empty for one address.
std::vector<const model::Value*> addresses_in(const model::Value& value) {
    std::vector<const model::Value*> addresses;
    if (const model::Value::Array* list = value.array()) {
        for (const model::Value& one : *list) addresses.push_back(&one);
    }
    if (const model::Value::Object* members = value.object()) {
        for (const model::Value::Member& one : *members)
            if (is_place_in_list(one.key)) addresses.push_back(&one.value);
    }
    return addresses;
}

// An address that is one object was read with the other fields; only a list of them is left.
std::vector<UserData> read_address_list(const Fields& fields, std::vector<model::Warning>& warnings) {
    std::vector<UserData> addresses;
    const model::Value* value = fields.find(Field::Address);
    if (value == nullptr) return addresses;
    const std::vector<const model::Value*> list = addresses_in(*value);
    for (const model::Value* address : list) {
        if (addresses.size() < most_addresses) addresses.push_back(read_address(*address));
    }
    if (list.size() > most_addresses) warn_of_cut(warnings, fields.path(Field::Address), list.size() - most_addresses);
    const auto leading = std::ranges::find_if(addresses, is_complete);
    if (leading != addresses.end()) std::rotate(addresses.begin(), leading, leading + 1);
    return addresses;
}

}  // namespace

UserData read_people(const Fields& fields, std::vector<model::Warning>& warnings) {
    UserData person;
    for (const Source& source : direct_sources) {
        person.*source.member = read(fields, source);
        warn_of_cut(warnings, fields.path(source.field), fields.left_out(source.field));
    }
    for (UserData& address : read_address_list(fields, warnings)) {
        for (const Source& source : address_sources) {
            append_new(person.*source.member, std::move(address.*source.member));
        }
    }
    for (const Source& source : address_sources) {
        if ((person.*source.member).empty()) person.*source.member = read(fields, source);
    }
    person.partner_id = fields.text(Field::PartnerId);
    return person;
}

}  // namespace pinrelay::decode
