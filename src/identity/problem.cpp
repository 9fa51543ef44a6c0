#include <algorithm>
#include <array>

#include "pinrelay/identity/normalised.hpp"

namespace pinrelay::identity {
namespace {

struct ProblemText {
    Problem problem;
    std::string_view text;
};

constexpr std::array problem_texts = {
    ProblemText{Problem::Absent, "is empty or a word for \"no value\""},
    ProblemText{Problem::TooLong, "is longer than 1,000 bytes"},
    ProblemText{Problem::NotUtf8, "is not valid UTF-8"},
    ProblemText{Problem::NoLetter, "has no letter"},
    ProblemText{Problem::NoAtSign, "has no '@'"},
    ProblemText{Problem::SeveralAtSigns, "has more than one '@'"},
    ProblemText{Problem::NothingAroundAtSign, "has nothing before or behind its '@'"},
    ProblemText{Problem::NotInAddress,
                "has characters that no e-mail address has; a list, a display name and a URL are not taken"},
    ProblemText{Problem::UnknownGender, "is no known word for a gender"},
    ProblemText{Problem::NoDate, "is not written like a date (YYYYMMDD, YYYY-MM-DD)"},
    ProblemText{Problem::NoSuchDate, "is no date between 1900 and 2100"},
    ProblemText{Problem::AmbiguousDate, "is a date whose day and month could be exchanged"},
    ProblemText{Problem::UnknownCountry, "is no known code or name of a country"},
    ProblemText{Problem::UnknownRegion, "is no known state or province of its country"},
    ProblemText{Problem::LongRegionCode, "is a code of a region with more than two letters"},
    ProblemText{Problem::OtherCountrysRegion, "is a region of another country than the address"},
    ProblemText{Problem::ForeignLetters, "has letters other than A to Z"},
    ProblemText{Problem::TooShortCode, "is too short for a postal code of its country"},
    ProblemText{Problem::TooLongCode, "is too long for a postal code"},
    ProblemText{Problem::NoDigit, "has no digit"},
    ProblemText{Problem::OnlyZeros, "has only zeros, which stand for nobody"},
    ProblemText{Problem::NotUuid, "is no UUID"},
    ProblemText{Problem::OtherDigest,
                "is a digest of the wrong length: SHA-256 has 64 hexadecimal or 43 base64url characters"},
    ProblemText{Problem::PhoneTooLong, "has more than 64 bytes or 20 digits"},
    ProblemText{Problem::NoPhone, "is no phone number"},
    ProblemText{Problem::NoCountryCode, "has no country code, and its country is unknown"},
    ProblemText{Problem::UnknownCountryCode, "has a country code that does not exist"},
    ProblemText{Problem::TooFewDigits, "has too few digits for its country"},
    ProblemText{Problem::TooManyDigits, "has too many digits for its country"},
    ProblemText{Problem::ImpossibleLength, "has a length that no number of its country has"},
    ProblemText{Problem::OneDigitRepeated, "is one digit repeated, which is nobody's number"},
    ProblemText{Problem::NotAnAddress, "is no IP address"},
    ProblemText{Problem::AddressWithPort, "is an IP address with a port or brackets"},
    ProblemText{Problem::UnspecifiedAddress, "is the unspecified address"},
    ProblemText{Problem::PrivateAddress, "is an address of a private network"},
    ProblemText{Problem::CarrierAddress, "is an address behind a carrier's translation (100.64.0.0/10)"},
    ProblemText{Problem::LoopbackAddress, "is a loopback address"},
    ProblemText{Problem::LinkLocalAddress, "is a link-local address"},
    ProblemText{Problem::MulticastAddress, "is a multicast address"},
    ProblemText{Problem::ReservedAddress, "is an address of a reserved block"},
};

}  // namespace

std::string_view text_of(Problem problem) noexcept {
    const auto* const row = std::ranges::find(problem_texts, problem, &ProblemText::problem);
    return row == problem_texts.end() ? "cannot be used" : row->text;
}

}  // namespace pinrelay::identity
