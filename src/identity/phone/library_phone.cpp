#include "library_phone.hpp"

#include <phonenumbers/logger.h>
#include <phonenumbers/phonenumberutil.h>

#include <algorithm>
#include <memory>
#include <utility>
#include <variant>

#include "pinrelay/core/ascii.hpp"

namespace pinrelay::identity {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;
using ReadPhone = std::variant<PhoneNumber, Problem>;

constexpr const char* no_region = "ZZ";  // libphonenumber's word for it
constexpr std::size_t shortest_bare_international = 11;

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

// 000-000-0000 and 999-999-9999 have the right length, and are nobody's.
bool is_one_digit_repeated(const PhoneNumber& number) {
    std::string national;
    library().GetNationalSignificantNumber(number, &national);
    return national.empty() || national.find_first_not_of(national.front()) == std::string::npos;
}

// The library calls a number without country code one with an invalid code, and any text of at most one digit no
// number.
Problem problem_of(PhoneNumberUtil::ErrorType error, const std::string& text, const std::string& region) {
    switch (error) {
        case PhoneNumberUtil::INVALID_COUNTRY_CODE_ERROR:
            return region == no_region && !text.starts_with('+') ? Problem::NoCountryCode : Problem::UnknownCountryCode;
        case PhoneNumberUtil::TOO_SHORT_AFTER_IDD:
        case PhoneNumberUtil::TOO_SHORT_NSN: return Problem::TooFewDigits;
        case PhoneNumberUtil::TOO_LONG_NSN: return Problem::TooManyDigits;
        default: return Problem::NoPhone;
    }
}

// Numbers that can only be dialled inside one town lack the digits of the town.
Problem problem_of(PhoneNumberUtil::ValidationResult length) {
    switch (length) {
        case PhoneNumberUtil::INVALID_COUNTRY_CODE: return Problem::UnknownCountryCode;
        case PhoneNumberUtil::IS_POSSIBLE_LOCAL_ONLY:
        case PhoneNumberUtil::TOO_SHORT: return Problem::TooFewDigits;
        case PhoneNumberUtil::TOO_LONG: return Problem::TooManyDigits;
        default: return Problem::ImpossibleLength;
    }
}

// Possible rather than valid: ranges are opened faster than numbering plans are shipped. Numbers that can only be
// dialled inside one town are no E.164.
ReadPhone read(const std::string& text, const std::string& region) {
    PhoneNumber number;
    if (const auto error = library().Parse(text, region, &number); error != PhoneNumberUtil::NO_PARSING_ERROR)
        return problem_of(error, text, region);
    if (const auto length = library().IsPossibleNumberWithReason(number); length != PhoneNumberUtil::IS_POSSIBLE)
        return problem_of(length);
    if (is_one_digit_repeated(number)) return Problem::OneDigitRepeated;
    return number;
}

bool is_read(const ReadPhone& phone) { return std::holds_alternative<PhoneNumber>(phone); }

bool is_valid(const ReadPhone& phone) {
    const auto* number = std::get_if<PhoneNumber>(&phone);
    return number != nullptr && library().IsValidNumber(*number);
}

bool is_valid_mobile(const ReadPhone& phone) {
    if (!is_valid(phone)) return false;
    const auto type = library().GetNumberType(std::get<PhoneNumber>(phone));
    return type == PhoneNumberUtil::MOBILE || type == PhoneNumberUtil::FIXED_LINE_OR_MOBILE;
}

// "00" is the international prefix of most countries and written by people of the others. Some have a longer one that
// begins alike (Australia 0011, Brazil 00 and a carrier), where the valid reading is the right one.
ReadPhone read_double_zero(const std::string& text, const std::string& region) {
    auto with_plus = read("+" + text.substr(2), region);
    if (is_valid(with_plus)) return with_plus;
    auto as_written = read(text, region);
    if (is_valid(as_written) || !is_read(with_plus)) return as_written;
    return with_plus;
}

// The digits of "49 151/234-567"; nothing for a text that begins with a '+' or a zero, or has anything else in it.
std::optional<std::string> bare_digits(std::string_view text) {
    constexpr std::string_view between = " -./()";
    std::string digits;
    for (const char c : text) {
        if (ascii::is_digit(c))
            digits.push_back(c);
        else if (between.find(c) == std::string_view::npos)
            return std::nullopt;
    }
    if (digits.empty() || digits.front() == '0') return std::nullopt;
    return digits;
}

// "4915123456789" in Germany: what is left of "+49 151 …" where somebody stripped all but the digits, as Pinterest's
// own text asks for. Numbering plans without a fixed length know a national number like that, too, but whoever writes
// national numbers begins them with the trunk prefix.
std::optional<PhoneNumber> read_own_mobile(const std::string& text, const std::string& region) {
    const auto digits = bare_digits(text);
    const int code = library().GetCountryCodeForRegion(region);
    if (!digits || code == 0 || !digits->starts_with(std::to_string(code))) return std::nullopt;
    const auto number = read("+" + *digits, region);
    if (!is_valid_mobile(number)) return std::nullopt;
    return std::get<PhoneNumber>(number);
}

// Eleven digits or more that are too long for the region may begin with the code of another; valid ones only, since
// this is a guess.
ReadPhone read_bare(const std::string& text, const std::string& region) {
    if (const auto mobile = read_own_mobile(text, region)) return *mobile;
    auto as_written = read(text, region);
    if (is_read(as_written) || text.size() < shortest_bare_international || !ascii::all_digits(text)) return as_written;
    auto with_plus = read("+" + text, region);
    return is_valid(with_plus) ? std::move(with_plus) : std::move(as_written);
}

}  // namespace

Normalised library_phone(const std::string& text, const std::string& region) {
    const std::string home = region.empty() ? no_region : ascii::in_upper_case(region);
    const auto number = text.starts_with("00") ? read_double_zero(text, home) : read_bare(text, home);
    if (!is_read(number)) return std::get<Problem>(number);
    std::string e164;
    library().Format(std::get<PhoneNumber>(number), PhoneNumberUtil::E164, &e164);
    return e164;
}

}  // namespace pinrelay::identity
