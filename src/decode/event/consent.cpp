#include "consent.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "decode/text/scalar.hpp"
#include "pinrelay/core/ascii.hpp"

namespace pinrelay::decode {
namespace {

using model::Consent;
using model::Grant;

struct LetterMeaning {
    char letter;
    Grant before;  // by the page's default
    Grant now;
};
constexpr std::array letters = {
    LetterMeaning{'l', Grant::Unset, Grant::Unset},  // neither default nor update: no banner
    LetterMeaning{'t', Grant::Granted, Grant::Granted},
    LetterMeaning{'p', Grant::Denied, Grant::Denied},
    LetterMeaning{'n', Grant::Unset, Grant::Granted},  // by the update alone
    LetterMeaning{'m', Grant::Unset, Grant::Denied},
    LetterMeaning{'v', Grant::Granted, Grant::Granted},  // by default, and updated
    LetterMeaning{'u', Grant::Granted, Grant::Denied},
    LetterMeaning{'r', Grant::Denied, Grant::Granted},
    LetterMeaning{'q', Grant::Denied, Grant::Denied},
};

const LetterMeaning* find_letter(char letter) noexcept {
    const auto found =
        std::ranges::find_if(letters, [letter](const LetterMeaning& row) { return row.letter == letter; });
    return found == letters.end() ? nullptr : &*found;
}

struct LetterPlace {
    std::size_t offset;
    Grant Consent::*member;
    bool holds_events_back;  // refusing it is what denied() asks for
};
constexpr std::array letter_places = {LetterPlace{2, &Consent::ad_storage, true},
                                      LetterPlace{6, &Consent::ad_user_data, true},
                                      LetterPlace{8, &Consent::ad_personalization, false}};

void add(Grant& known, Grant signal) noexcept {
    if (signal == Grant::Unset || known == Grant::Denied) return;
    known = signal;
}

// Refused, granted or nothing said, by the two purposes that decide.
Grant outcome(const Consent& consent) noexcept {
    if (consent.denied()) return Grant::Denied;
    const bool granted = consent.ad_storage == Grant::Granted || consent.ad_user_data == Grant::Granted;
    return granted ? Grant::Granted : Grant::Unset;
}

std::string said(std::string_view path, std::string_view word) { return std::string(path).append("=").append(word); }

std::string_view word_of(Grant grant) noexcept { return grant == Grant::Denied ? "denied" : "granted"; }

// Google's codes are repeated as they came; anything else under their keys is not.
bool is_code(std::string_view text) noexcept {
    constexpr std::size_t longest_code = 16;
    return text.size() <= longest_code &&
           std::ranges::all_of(text, [](char c) { return ascii::is_alphanumeric(c) || c == '-'; });
}

// `gcs`, as in "G101": ad_storage, then analytics_storage.
void add_status(Consent& consent, std::string_view gcs) noexcept {
    constexpr std::size_t ad_storage = 2;
    if (!gcs.starts_with("G1") || gcs.size() <= ad_storage) return;
    if (gcs[ad_storage] == '1') add(consent.ad_storage, Grant::Granted);
    if (gcs[ad_storage] == '0') add(consent.ad_storage, Grant::Denied);
}

void add_details(Consent& consent, std::string_view gcd) noexcept {
    if (!gcd.starts_with('1')) return;  // a word that somebody wrote there, "denied", has letters too
    std::optional<Grant> before;
    for (const LetterPlace& place : letter_places) {
        const LetterMeaning* letter = place.offset < gcd.size() ? find_letter(gcd[place.offset]) : nullptr;
        if (letter == nullptr) continue;
        add(consent.*place.member, letter->now);
        if (!place.holds_events_back) continue;
        if (!before) before = Grant::Unset;
        add(*before, letter->before);
    }
    if (before) consent.before_choice = *before;
}

// `us_privacy`, the IAB's "1YYN": version, notice given, opted out of the sale, under the IAB's contract.
bool opts_out_of_sale(std::string_view us_privacy) noexcept {
    constexpr std::size_t sale = 2;
    return us_privacy.starts_with('1') && us_privacy.size() > sale &&
           (us_privacy[sale] == 'Y' || us_privacy[sale] == 'y');
}

}  // namespace

Grant grant_of_letter(char letter) noexcept {
    const LetterMeaning* meaning = find_letter(letter);
    return meaning == nullptr ? Grant::Unset : meaning->now;
}

Grant grant_of(const model::Value& value) {
    const std::optional<bool> granted = truth(value);
    if (!granted) return Grant::Unset;
    return *granted ? Grant::Granted : Grant::Denied;
}

std::string said_of(std::string_view purpose, Grant grant) {
    return std::string(purpose) + (grant == Grant::Denied ? "=denied" : "=granted");
}

void add_grant(Consent& consent, const Purpose& purpose, Grant grant, std::string_view signal) {
    const Grant before = outcome(consent);
    add(consent.*purpose.grant, grant);
    if (outcome(consent) != before) consent.signal = signal;
}

void add_consent(Consent& consent, const Consent& more) {
    const Grant before = outcome(consent);
    for (const Purpose& purpose : purposes) add(consent.*purpose.grant, more.*purpose.grant);
    if (outcome(consent) != before) consent.signal = more.signal;
    if (more.follows_grant && !consent.follows_grant) consent.before_choice = more.before_choice;
    consent.follows_grant |= more.follows_grant;
    consent.sale_opt_out |= more.sale_opt_out;
}

void add_consent(Consent& consent, Field signal, const model::Value& value, std::string_view path) {
    const std::string_view text = !value.is_text() ? std::string_view{} : ascii::trimmed(*value.text());
    const Grant before = outcome(consent);
    switch (signal) {
        case Field::AdStorage: add(consent.ad_storage, grant_of(value)); break;
        case Field::AdUserData: add(consent.ad_user_data, grant_of(value)); break;
        case Field::AdPersonalization: add(consent.ad_personalization, grant_of(value)); break;
        case Field::ConsentStatus: add_status(consent, text); break;
        case Field::ConsentDetails: add_details(consent, text); break;
        case Field::NonPersonalizedAds:
            // Its absence, or 0, grants nothing.
            if (truth(value) == true) add(consent.ad_personalization, Grant::Denied);
            break;
        case Field::ConsentUpdate: consent.follows_grant |= truth(value) == true; break;
        case Field::PrivacyString: consent.sale_opt_out |= opts_out_of_sale(text); break;
        default: break;
    }
    if (outcome(consent) == before) return;
    const bool is_google_code = signal == Field::ConsentStatus || signal == Field::ConsentDetails;
    consent.signal = said(path, is_google_code && is_code(text) ? text : word_of(outcome(consent)));
}

}  // namespace pinrelay::decode
