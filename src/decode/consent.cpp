#include "consent.hpp"

#include <algorithm>
#include <array>

#include "scalar.hpp"

namespace pinrelay::decode {
namespace {

using model::Consent;
using model::Grant;

struct LetterMeaning {
    char letter;
    Grant now;
};
constexpr std::array letters = {
    LetterMeaning{'l', Grant::Unset},    // neither default nor update: no banner
    LetterMeaning{'t', Grant::Granted},  // by default
    LetterMeaning{'p', Grant::Denied},   // by default
    LetterMeaning{'n', Grant::Granted},  // by the update alone
    LetterMeaning{'m', Grant::Denied},   // by the update alone
    LetterMeaning{'v', Grant::Granted},  // granted, then granted
    LetterMeaning{'u', Grant::Denied},   // granted, then denied
    LetterMeaning{'r', Grant::Granted},  // denied, then granted
    LetterMeaning{'q', Grant::Denied},   // denied, then denied
};

struct LetterPlace {
    std::size_t offset;
    Grant Consent::*member;
};
constexpr std::array letter_places = {LetterPlace{2, &Consent::ad_storage}, LetterPlace{6, &Consent::ad_user_data},
                                      LetterPlace{8, &Consent::ad_personalization}};

void add(Grant& known, Grant signal) noexcept {
    if (signal == Grant::Unset || known == Grant::Denied) return;
    known = signal;
}

Grant grant_of(const model::Value& value) {
    const std::optional<bool> granted = truth(value);
    if (!granted) return Grant::Unset;
    return *granted ? Grant::Granted : Grant::Denied;
}

// `gcs`, as in "G101": ad_storage, then analytics_storage.
void add_status(Consent& consent, std::string_view gcs) noexcept {
    constexpr std::size_t ad_storage = 2;
    if (!gcs.starts_with("G1") || gcs.size() <= ad_storage) return;
    if (gcs[ad_storage] == '1') add(consent.ad_storage, Grant::Granted);
    if (gcs[ad_storage] == '0') add(consent.ad_storage, Grant::Denied);
}

void add_details(Consent& consent, std::string_view gcd) noexcept {
    for (const LetterPlace& place : letter_places) {
        if (place.offset < gcd.size()) add(consent.*place.member, grant_of_letter(gcd[place.offset]));
    }
}

}  // namespace

Grant grant_of_letter(char letter) noexcept {
    const auto found = std::find_if(letters.begin(), letters.end(),
                                    [letter](const LetterMeaning& row) { return row.letter == letter; });
    return found == letters.end() ? Grant::Unset : found->now;
}

void add_consent(Consent& consent, Field signal, const model::Value& value) {
    const std::string_view text = value.text() == nullptr ? std::string_view{} : trimmed(*value.text());
    switch (signal) {
        case Field::AdStorage: return add(consent.ad_storage, grant_of(value));
        case Field::AdUserData: return add(consent.ad_user_data, grant_of(value));
        case Field::AdPersonalization: return add(consent.ad_personalization, grant_of(value));
        case Field::ConsentStatus: return add_status(consent, text);
        case Field::ConsentDetails: return add_details(consent, text);
        case Field::NonPersonalizedAds:
            // Its absence, or 0, grants nothing.
            if (truth(value) == true) add(consent.ad_personalization, Grant::Denied);
            return;
        default: return;
    }
}

}  // namespace pinrelay::decode
