#include <phonenumbers/logger.h>
#include <phonenumbers/phonenumberutil.h>

#include <algorithm>
#include <memory>

#include "identity/text/field_text.hpp"
#include "identity/text/unicode.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::identity {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

constexpr const char* no_region = "ZZ";  // libphonenumber's word for it
constexpr std::size_t shortest_bare_international = 11;

// E.164 has at most 15 digits. The library's patterns take milliseconds over hundreds of digits, and one request may
// bring a hundred phones.
constexpr std::size_t longest_phone = 64;
constexpr std::ptrdiff_t most_digits = 20;

// Reading the numbering plans takes milliseconds, so that it waits for the first phone number. Thread-safe by itself
// (it locks its cache of patterns), owned by libphonenumber, never freed.
const PhoneNumberUtil& library() {
    static const PhoneNumberUtil& instance = []() -> const PhoneNumberUtil& {
        PhoneNumberUtil* const util = PhoneNumberUtil::GetInstance();
        util->SetLogger(std::make_unique<i18n::phonenumbers::NullLogger>().release());  // takes it over
        return *util;
    }();
    return instance;
}

bool is_too_long(std::string_view text) {
    return text.size() > longest_phone || std::ranges::count_if(text, ascii::is_digit) > most_digits;
}

// 000-000-0000 and 999-999-9999 have the right length, and are nobody's.
bool is_one_digit_repeated(const PhoneNumber& number) {
    std::string national;
    library().GetNationalSignificantNumber(number, &national);
    return national.empty() || national.find_first_not_of(national.front()) == std::string::npos;
}

// Possible rather than valid: ranges are opened faster than numbering plans are shipped. Numbers that can only be
// dialled inside one town are no E.164.
std::optional<PhoneNumber> read(const std::string& text, const std::string& region) {
    PhoneNumber number;
    if (library().Parse(text, region, &number) != PhoneNumberUtil::NO_PARSING_ERROR) return std::nullopt;
    if (library().IsPossibleNumberWithReason(number) != PhoneNumberUtil::IS_POSSIBLE) return std::nullopt;
    if (is_one_digit_repeated(number)) return std::nullopt;
    return number;
}

std::optional<PhoneNumber> read_valid(const std::string& text, const std::string& region) {
    auto number = read(text, region);
    if (number && !library().IsValidNumber(*number)) return std::nullopt;
    return number;
}

// "00" is the international prefix of most countries and written by people of the others. Some have a longer one that
// begins alike (Australia 0011, Brazil 00 and a carrier), where the valid reading is the right one.
std::optional<PhoneNumber> read_double_zero(const std::string& text, const std::string& region) {
    const std::string with_plus = "+" + text.substr(2);
    if (auto number = read_valid(with_plus, region)) return number;
    if (auto number = read_valid(text, region)) return number;
    if (auto number = read(with_plus, region)) return number;
    return read(text, region);
}

// Eleven digits or more that are too long for the region are what is left of "+49 …" where somebody stripped all but
// the digits, as Pinterest's own text asks for; valid ones only, since this is a guess.
std::optional<PhoneNumber> read_bare(const std::string& text, const std::string& region) {
    if (auto number = read(text, region)) return number;
    if (text.size() < shortest_bare_international || !ascii::all_digits(text)) return std::nullopt;
    return read_valid("+" + text, region);
}

std::string library_region(std::string_view region) {
    auto code = country(region).value_or(no_region);
    std::ranges::transform(code, code.begin(), ascii::upper);
    return code;
}

}  // namespace

std::optional<std::string> phone(std::string_view text, std::string_view region) {
    const auto field = field_text(text);
    if (!field || is_too_long(*field) || !is_utf8(*field)) return std::nullopt;
    const std::string written(field->substr(0, field->find(';')));  // "tel:+1-415-555-2671;ext=12"
    const std::string home = library_region(region);
    const auto number = written.starts_with("00") ? read_double_zero(written, home) : read_bare(written, home);
    if (!number) return std::nullopt;
    std::string e164;
    library().Format(*number, PhoneNumberUtil::E164, &e164);
    return e164;
}

}  // namespace pinrelay::identity
