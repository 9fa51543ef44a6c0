#include "known_person.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "clear_text.hpp"
#include "decodings.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/identity/digest.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

constexpr std::size_t shortest_value = 3;

// A number without its country's code and trunk prefix, as people write it at home; shorter ones occur everywhere.
constexpr std::size_t telling_digits = 9;
constexpr std::size_t fewest_digits = 7;

constexpr std::array lists = {
    &model::UserData::first_names,  &model::UserData::last_names,   &model::UserData::birth_dates,
    &model::UserData::postal_codes, &model::UserData::external_ids, &model::UserData::advertising_ids,
};

constexpr ascii::Set of_phones("0123456789 -()./+");

constexpr ascii::Set telling_signs("@%+");

// A cheap first look: all that holds a person's data has an '@', enough digits, or something to decode.
bool may_hold_clear_text(std::string_view text) noexcept {
    std::size_t digits = 0;
    for (const char c : text) {
        digits += ascii::is_digit(c) ? 1 : 0;
        if (telling_signs.contains(c) || digits == fewest_digits) return true;
    }
    return false;
}

std::string_view without_blanks(std::string_view text) { return ascii::trimmed(text, ascii::blanks_and_line_ends); }

bool equal(std::string_view text, std::string_view value) {
    value = without_blanks(value);
    return value.size() >= shortest_value && ascii::equals_ignoring_case(text, value) && !identity::is_absent(value);
}

bool is_in(const model::Texts& values, std::string_view text) {
    return std::ranges::any_of(values, [&](std::string_view value) { return equal(text, value); });
}

}  // namespace

KnownPerson::KnownPerson(const model::Event& event, model::Arena& arena) : event_(event) {
    for (const std::string_view phone : event.user_data.phones) {
        if (identity::existing_digest(phone)) continue;
        std::string digits;
        std::ranges::copy_if(phone, std::back_inserter(digits), ascii::is_digit);
        digits.erase(0, digits.find_first_not_of('0'));
        if (digits.size() < fewest_digits) continue;
        if (digits.size() > telling_digits) digits.erase(0, digits.size() - telling_digits);
        phones_.push_back(arena.copy(digits));
    }
}

bool KnownPerson::is_told_by(std::string_view text) const {
    return in_any_decoding(text, [this](std::string_view decoded) {
        const auto value = without_blanks(decoded);
        return has_value(value) || has_full_name(value);
    });
}

bool KnownPerson::has_phone_in(std::string_view text) const {
    if (phones_.empty()) return false;
    while (!text.empty()) {
        const auto end = std::ranges::find_if_not(text, [](char c) { return of_phones.contains(c); });
        const auto run = static_cast<std::size_t>(end - text.begin());
        if (run >= fewest_digits && are_digits_of_phone(text.substr(0, run))) return true;
        text.remove_prefix(std::min(run + 1, text.size()));
    }
    return false;
}

// Of digits and the signs between them.
bool KnownPerson::are_digits_of_phone(std::string_view text) const {
    std::string digits;
    std::ranges::copy_if(text, std::back_inserter(digits), ascii::is_digit);
    const auto is_here = [&](std::string_view phone) { return digits.find(phone) != std::string::npos; };
    return std::ranges::any_of(phones_, is_here);
}

bool KnownPerson::has_value(std::string_view text) const {
    if (text.size() < shortest_value) return false;
    if (event_.user_id && equal(text, *event_.user_id)) return true;
    return std::ranges::any_of(lists, [&](auto list) { return is_in(event_.user_data.*list, text); });
}

bool KnownPerson::has_full_name(std::string_view text) const {
    const auto space = text.find(' ');
    if (space == std::string_view::npos) return false;
    const model::UserData& data = event_.user_data;
    const auto first = text.substr(0, space);
    const auto last = text.substr(text.rfind(' ') + 1);
    return is_in(data.first_names, first) && is_in(data.last_names, last);
}

bool holds_clear_text(std::string_view text, const KnownPerson& person) {
    if (!may_hold_clear_text(text)) return false;
    return in_any_decoding(text, [&](std::string_view decoded) {
        return shows_email(decoded) || shows_phone(decoded) || person.has_phone_in(decoded);
    });
}

}  // namespace pinrelay::destinations::pinterest
