#include "personal_names.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "pinrelay/core/ascii.hpp"
#include "pinrelay/http/message.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

// In lower case and without separators, in the order of docs/mapping.md.
constexpr std::array<std::string_view, 53> personal = {
    "email",   "emailaddress", "mail",          "phone",       "phonenumber",  "tel",      "telephone",
    "mobile",  "mobilephone",  "cell",          "cellphone",   "msisdn",       "name",     "firstname",
    "fname",   "givenname",    "lastname",      "lname",       "surname",      "fullname", "familyname",
    "address", "addressline",  "address1",      "address2",    "addressline1", "street",   "street1",
    "street2", "addressline2", "streetaddress", "zip",         "zipcode",      "postcode", "postalcode",
    "dob",     "birthday",     "birthdate",     "dateofbirth", "password",     "passwd",   "pwd",
    "token",   "accesstoken",  "authtoken",     "apikey",      "gaid",         "aaid",     "idfa",
    "idfv",    "maid",         "advertisingid", "apisecret",
};

// Whose it is, in front of the name.
constexpr std::array<std::string_view, 10> owners = {
    "billing", "shipping", "delivery", "customer", "userdata", "user", "account", "contact", "recipient", "your",
};

bool is_name_separator(char c) { return std::string_view("_-. +[]").find(c) != std::string_view::npos; }

std::string folded(std::string_view name) {
    std::string text;
    for (const char c : http::percent_decode(name))
        if (!is_name_separator(c)) text += ascii::lower(c);
    return text;
}

bool is_listed(std::string_view name) { return std::ranges::find(personal, name) != personal.end(); }

}  // namespace

bool is_personal_name(std::string_view name) {
    const std::string text = folded(name);
    if (is_listed(text)) return true;
    return std::ranges::any_of(owners, [&](std::string_view owner) {
        return text.starts_with(owner) && is_listed(std::string_view(text).substr(owner.size()));
    });
}

}  // namespace pinrelay::destinations::pinterest
