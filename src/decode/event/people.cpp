#include "people.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "pinrelay/decode/warnings.hpp"
#include "pinrelay/identity/person_values.hpp"

namespace pinrelay::decode {
namespace {

using identity::PersonValues;
using model::Texts;
using model::UserData;

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

// Of one field, and where it stands in the request.
struct Found {
    PersonValues values;
    std::string_view path;
};

Found read(const Fields& fields, const Source& source) {
    Found found{fields.person_values(source.field), fields.path(source.field)};
    if (!found.values.empty() || source.otherwise == Field::Count) return found;
    return {fields.person_values(source.otherwise), fields.path(source.otherwise)};
}

void warn_of_cut(std::vector<model::Warning>& warnings, std::string_view path, std::size_t left_out) {
    if (left_out == 0) return;
    warnings.push_back({warnings::list_left_out, std::string(path), identity::text_of_left_out(left_out)});
}

Texts read_all(const Fields& fields, const Source& source, std::vector<model::Warning>& warnings) {
    Found found = read(fields, source);
    warn_of_cut(warnings, found.path, found.values.left_out());
    return found.values.take();
}

// One address of a list.
struct Address {
    UserData person;
    std::size_t left_out = 0;
};

Address read_address(const model::Value& value, model::Arena& arena) {
    Fields fields(arena);
    fields.read(value, 0, "user_data_address");
    Address address;
    for (const Source& source : address_sources) {
        PersonValues values = read(fields, source).values;
        address.left_out += values.left_out();
        address.person.*source.member = values.take();
    }
    return address;
}

bool is_complete(const Address& address) {
    return std::ranges::none_of(complete_address,
                                [&address](Texts UserData::*member) { return (address.person.*member).empty(); });
}

bool is_place_in_list(std::string_view key) noexcept {
    return !key.empty() && key.find_first_not_of("0123456789") == std::string_view::npos;
}

// The addresses of a list, also of one that became an object: {"0":{…},"1":{…}}. Empty for one address.
std::vector<const model::Value*> addresses_in(const model::Value& value) {
    std::vector<const model::Value*> addresses;
    if (const auto list = value.array()) {
        for (const model::Value& one : *list) addresses.push_back(&one);
    }
    if (const auto members = value.object()) {
        for (const model::Value::Member& one : *members)
            if (is_place_in_list(one.key)) addresses.push_back(&one.value);
    }
    return addresses;
}

// An address that is one object was read with the other fields; only a list of them is left. As many as a field can
// have values: each gives one.
void add_address_list(const Fields& fields, model::Arena& arena, UserData& person,
                      std::vector<model::Warning>& warnings) {
    const model::Value* value = fields.find(Field::Address);
    if (value == nullptr) return;
    const std::vector<const model::Value*> list = addresses_in(*value);
    std::vector<Address> addresses;
    for (const model::Value* address : list)
        if (addresses.size() < identity::most_person_values) addresses.push_back(read_address(*address, arena));
    const auto leading = std::ranges::find_if(addresses, is_complete);
    if (leading != addresses.end()) std::rotate(addresses.begin(), leading, leading + 1);
    std::size_t left_out = list.size() - addresses.size();
    for (const Address& address : addresses) left_out += address.left_out;
    for (const Source& source : address_sources) {
        PersonValues values;
        for (const Address& address : addresses)
            for (const std::string_view text : address.person.*source.member) values.add(text);
        left_out += values.left_out();
        person.*source.member = values.take();
    }
    warn_of_cut(warnings, fields.path(Field::Address), left_out);
}

// Of the field that says something.
const std::string& source_of(const Fields& fields, const Source& source) {
    const std::string& first = fields.source(source.field);
    return first.empty() && source.otherwise != Field::Count ? fields.source(source.otherwise) : first;
}

}  // namespace

void note_people(const UserData& person, const Fields& fields, model::Origins& origins) {
    for (const Source& source : direct_sources)
        if (!(person.*source.member).empty()) origins.note(source.member, source_of(fields, source));
    for (const Source& source : address_sources) {
        if ((person.*source.member).empty()) continue;
        const std::string& own = source_of(fields, source);
        origins.note(source.member, own.empty() ? fields.source(Field::Address) : own);
    }
    origins.note(&UserData::partner_id, fields.source(Field::PartnerId));
}

UserData read_people(const Fields& fields, model::Arena& arena, std::vector<model::Warning>& warnings) {
    UserData person;
    for (const Source& source : direct_sources) person.*source.member = read_all(fields, source, warnings);
    add_address_list(fields, arena, person, warnings);
    for (const Source& source : address_sources)
        if ((person.*source.member).empty()) person.*source.member = read_all(fields, source, warnings);
    person.partner_id = fields.text(Field::PartnerId);
    return person;
}

}  // namespace pinrelay::decode
