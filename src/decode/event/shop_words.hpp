#pragma once

#include <array>
#include <string_view>

#include "aliases.hpp"

namespace pinrelay::decode {

// What shops put before the words for a person. A path's dots are objects within objects, as in Aliases. Each stands
// alone and below `user_data`: `user_data.billing_email`, `billing_address: {…}`, `customerBillingCity`. The first
// wins, word by word: who pays is the visitor, while a parcel may go to somebody else.
inline constexpr std::array<std::string_view, 24> shop_prefixes = {
    "billing",
    "billing_address",
    "customer.billing",
    "customer.billing_address",
    "order_data.customer.billing",
    "order.billing",
    "order.billing_address",
    "checkout.billing_address",
    "customer",
    "customer_data",
    "order.customer",
    "customer.address",
    "customer.default_address",
    "user_properties.customer",
    "visitor",
    "contact",
    "enhanced_conversion_data",
    "shipping",
    "shipping_address",
    "customer.shipping",
    "customer.shipping_address",
    "order_data.customer.shipping",
    "delivery_address",
};

struct ShopWords {
    Field field;
    std::array<std::string_view, 8> words;  // in the order of their rank
};
inline constexpr std::array shop_words = {
    ShopWords{Field::Email, {"email", "email_address", "e_mail", "mail"}},
    ShopWords{Field::EmailDigest,
              {"sha256_email_address", "sha256_email", "email_sha256", "email_hash", "hashed_email", "email_hashed"}},
    ShopWords{Field::Phone, {"phone", "phone_number", "telephone", "mobile", "mobile_phone"}},
    ShopWords{Field::PhoneDigest,
              {"sha256_phone_number", "sha256_phone", "phone_sha256", "phone_hash", "hashed_phone", "phone_hashed"}},
    ShopWords{Field::FirstName, {"first_name", "firstname", "given_name"}},
    ShopWords{Field::LastName, {"last_name", "lastname", "surname", "family_name"}},
    ShopWords{Field::City, {"city", "town"}},
    ShopWords{Field::Region, {"region", "state", "province", "region_code", "state_code", "province_code"}},
    ShopWords{Field::PostalCode, {"postal_code", "postcode", "zip", "zip_code", "zipcode", "post_code"}},
    ShopWords{Field::Country, {"country", "country_code", "country_id", "country_iso"}},
    ShopWords{Field::Gender, {"gender"}},
    ShopWords{Field::BirthDate, {"date_of_birth", "birth_date", "birthday", "dob"}},
};

}  // namespace pinrelay::decode
