#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "pinrelay/identity/digest.hpp"
#include "pinrelay/identity/normalise.hpp"

// Why a rule gives nothing. What a rule gives is in vectors.tsv.
namespace pinrelay::identity {
namespace {

struct Broken {
    Normalised result;
    Problem problem;
};

TEST(Problems, SayWhichRuleAValueBreaks) {
    const std::vector<Broken> rows = {
        {email("jane.example.com"), Problem::NoAtSign},
        {email("jane@a@example.com"), Problem::SeveralAtSigns},
        {email("@example.com"), Problem::NothingAroundAtSign},
        {email("jane@"), Problem::NothingAroundAtSign},
        {email("Jane <jane@example.com>"), Problem::NotInAddress},
        {email("a@x.org, b@x.org"), Problem::NotInAddress},
        {email("undefined"), Problem::Absent},
        {email("\xff@example.com"), Problem::NotUtf8},
        {email(std::string(1001, 'a')), Problem::TooLong},
        {name("123"), Problem::NoLetter},
        {name("\xff"), Problem::NotUtf8},
        {city("42"), Problem::NoLetter},
        {gender("yes"), Problem::UnknownGender},
        {birth_date("soon"), Problem::NoDate},
        {birth_date("31.02.1990"), Problem::NoSuchDate},
        {birth_date("1890-01-01"), Problem::NoSuchDate},
        {birth_date("03/04/1990"), Problem::AmbiguousDate},
        {country("Atlantis"), Problem::UnknownCountry},
        {country("Germany (UK)"), Problem::UnknownCountry},
        {region("Bavaria", "de"), Problem::UnknownRegion},
        {region("NSW", "au"), Problem::LongRegionCode},
        {region("US-CA", "ca"), Problem::OtherCountrysRegion},
        {postal_code("12", "de"), Problem::TooShortCode},
        {postal_code("12345678901", "de"), Problem::TooLongCode},
        {postal_code("00000", "de"), Problem::OnlyZeros},
        {postal_code("Berlin", "de"), Problem::NoDigit},
        {postal_code("Ω1234", "gr"), Problem::ForeignLetters},
        {external_id("0"), Problem::OnlyZeros},
        {advertising_id("abc"), Problem::NotUuid},
        {phone("+49 1", "de"), Problem::TooFewDigits},
        {phone("12", "de"), Problem::TooFewDigits},
        {phone("+14155552671234", "de"), Problem::TooManyDigits},
        {phone("0151 23456789", ""), Problem::NoCountryCode},
        {phone("+999 12345678", "de"), Problem::UnknownCountryCode},
        {phone("call me", "de"), Problem::NoPhone},
        {phone("999-999-9999", "us"), Problem::OneDigitRepeated},
        {phone("123456789012345678901", "de"), Problem::PhoneTooLong},
        {public_address("0.0.0.0"), Problem::UnspecifiedAddress},
        {public_address("0.1.2.3"), Problem::ReservedAddress},
        {public_address("10.0.0.1"), Problem::PrivateAddress},
        {public_address("172.16.0.1"), Problem::PrivateAddress},
        {public_address("192.168.1.1"), Problem::PrivateAddress},
        {public_address("::ffff:192.168.1.1"), Problem::PrivateAddress},
        {public_address("fd00::1"), Problem::PrivateAddress},
        {public_address("100.64.0.1"), Problem::CarrierAddress},
        {public_address("127.0.0.1"), Problem::LoopbackAddress},
        {public_address("::1"), Problem::LoopbackAddress},
        {public_address("169.254.1.1"), Problem::LinkLocalAddress},
        {public_address("fe80::1"), Problem::LinkLocalAddress},
        {public_address("224.0.0.1"), Problem::MulticastAddress},
        {public_address("ff02::1"), Problem::MulticastAddress},
        {public_address("255.255.255.255"), Problem::ReservedAddress},
        {public_address("::"), Problem::UnspecifiedAddress},
        {public_address("100::1"), Problem::ReservedAddress},
        {public_address("localhost"), Problem::NotAnAddress},
        {public_address("203.0.113.9:51724"), Problem::AddressWithPort},
        {public_address("[2001:db8::1]:443"), Problem::AddressWithPort},
    };
    for (std::size_t i = 0; i < rows.size(); ++i) {
        ASSERT_FALSE(rows[i].result.has_value()) << "row " << i << ": " << *rows[i].result;
        EXPECT_EQ(text_of(rows[i].result.problem()), text_of(rows[i].problem)) << "row " << i;
    }
}

TEST(Problems, HaveATextEach) {
    std::vector<std::string_view> texts;
    for (int i = 0; i <= static_cast<int>(Problem::ReservedAddress); ++i) {
        const auto text = text_of(static_cast<Problem>(i));
        EXPECT_NE(text, "cannot be used") << i;
        for (const auto other : texts) EXPECT_NE(text, other);
        texts.push_back(text);
    }
}

TEST(Digests, OfOtherLengthsAreTold) {
    EXPECT_TRUE(is_digest_of_other_length("5d41402abc4b2a76b9719d911017c592"));          // MD5
    EXPECT_TRUE(is_digest_of_other_length("AAF4C61DDCC5E8A2DABEDE0F3B482CD9AEA9434D"));  // SHA-1
    EXPECT_TRUE(is_digest_of_other_length(std::string(63, 'a')));
    EXPECT_TRUE(is_digest_of_other_length(std::string(128, 'a')));

    EXPECT_FALSE(is_digest_of_other_length(std::string(64, 'a')));
    EXPECT_FALSE(is_digest_of_other_length("deadbeef"));
    EXPECT_FALSE(is_digest_of_other_length("12345678901234567890123456789012"));
    EXPECT_FALSE(is_digest_of_other_length("jane@example.com"));
}

}  // namespace
}  // namespace pinrelay::identity
