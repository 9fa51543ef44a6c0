#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>

#include "pinrelay/identity/digest.hpp"
#include "pinrelay/identity/normalise.hpp"

// What other senders are known to get wrong with people's identifiers, one test each.
namespace pinrelay::identity {
namespace {

using testing::Eq;
using testing::Optional;

constexpr auto nothing = std::nullopt;

TEST(RequireSha256, FindsItInOpenSsl) { EXPECT_NO_THROW(require_sha256()); }

TEST(Email, AListIsNoAddressSoThatItIsNotHashedAsOne) {
    EXPECT_EQ(email("jane@example.com,joe@example.com"), nothing);
    EXPECT_EQ(email("jane@example.com; joe@example.com"), nothing);
    EXPECT_EQ(email("jane@example.com joe@example.com"), nothing);
}

TEST(Email, TextWithoutAnAtSignIsNoAddress) {
    EXPECT_EQ(email("jane.example.com"), nothing);
    EXPECT_EQ(email("@"), nothing);
}

TEST(Email, KeepsTheDotsAndThePlusOfGmail) {
    EXPECT_THAT(email("Jane.Doe+Shop@Gmail.com"), Optional(Eq("jane.doe+shop@gmail.com")));
}

TEST(Email, LeavesOutSpacesAndInvisibleMarksWhereverTheyStand) {
    EXPECT_THAT(email(" jane @\u200bexample.com\ufeff\n"), Optional(Eq("jane@example.com")));
}

TEST(Absent, WordsForNoValueAreNotData) {
    for (const char* text :
         {"undefined", "null", "(not set)", "", "   ", "NULL", "[object Object]", "\u200b", "{{email}}"})
        EXPECT_TRUE(is_absent(text)) << text;
}

TEST(Absent, DigestsOfNoValueAreNotData) {
    EXPECT_TRUE(is_absent(sha256_hex("")));
    EXPECT_TRUE(is_absent(sha256_hex("undefined")));
    EXPECT_TRUE(is_absent(sha256_hex("null")));
    EXPECT_TRUE(is_absent("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"));
}

TEST(Absent, ZeroNamibiaAndRealWordsAreData) {
    for (const char* text : {"0", "NA", "Nulla", "no", "Unknownia"}) EXPECT_FALSE(is_absent(text)) << text;
    EXPECT_FALSE(is_absent(sha256_hex("jane")));
}

TEST(Phone, FormattingDoesNotChangeTheNumber) {
    const auto plain = phone("+14155552671", "");

    EXPECT_THAT(plain, Optional(Eq("+14155552671")));
    for (const char* text :
         {"(415) 555-2671", "415.555.2671", "1-415-555-2671", "+1 (415) 555 2671", "４１５-５５５-２６７１"})
        EXPECT_EQ(phone(text, "US"), plain) << text;
}

TEST(Phone, DoubleZeroIsThePlusSignInEveryCountry) {
    for (const char* region : {"", "US", "GB", "DE", "BR", "AU"})
        EXPECT_THAT(phone("0044 20 7946 0958", region), Optional(Eq("+442079460958"))) << region;
}

TEST(Phone, LongerInternationalPrefixesThatBeginWithDoubleZeroAreNotMisread) {
    EXPECT_THAT(phone("0011 64 21 345 678", "AU"), Optional(Eq("+6421345678")));
    EXPECT_THAT(phone("0055 11 98765-4321", "BR"), Optional(Eq("+5511987654321")));
}

TEST(Phone, TheTrunkZeroGoesWhereTheCountryDropsItAndStaysInItaly) {
    EXPECT_THAT(phone("030 901820", "DE"), Optional(Eq("+4930901820")));
    EXPECT_THAT(phone("+49 (0)30 901820", ""), Optional(Eq("+4930901820")));
    EXPECT_THAT(phone("06 12345678", "IT"), Optional(Eq("+390612345678")));
}

TEST(Phone, ExtensionsAreNotPartOfTheNumber) {
    for (const char* text : {"415-555-2671 x12", "415-555-2671 ext. 12", "tel:+1-415-555-2671;ext=12"})
        EXPECT_THAT(phone(text, "US"), Optional(Eq("+14155552671"))) << text;
}

TEST(Phone, TheCountryDecidesWhatANationalNumberMeans) {
    EXPECT_THAT(phone("020 7946 0958", "GB"), Optional(Eq("+442079460958")));
    EXPECT_THAT(phone("(604) 555-0123", "Canada"), Optional(Eq("+16045550123")));
    EXPECT_EQ(phone("020 7946 0958", ""), nothing);
}

TEST(Phone, AnInternationalNumberStrippedToItsDigitsIsUnderstood) {
    EXPECT_THAT(phone("4915112345678", "US"), Optional(Eq("+4915112345678")));
    EXPECT_THAT(phone("14155552671", ""), Optional(Eq("+14155552671")));
}

TEST(Phone, WhatCannotBeANumberIsNotHashed) {
    for (const char* text :
         {"call me", "12345", "555-1234", "+1234589947", "0000000000", "9999999999", "undefined", "+"})
        EXPECT_EQ(phone(text, "US"), nothing) << text;
}

TEST(Phone, TheLibraryPrintsNothing) {
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();

    for (const char* text : {"(415) 555-2671", "call me", "+", "+999 999", "1;phone-context=", "tel:;phone-context=+"})
        for (const char* region : {"", "US", "XX", "not a country"}) (void)phone(text, region);

    EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(Name, ACommaDoesNotSplitIt) { EXPECT_THAT(name("Davis, Jr."), Optional(Eq("davis, jr."))); }

TEST(Name, TwoWaysToTypeOneNameGiveOneDigest) {
    EXPECT_EQ(name("JOSE\u0301"), name("José"));
    EXPECT_EQ(name("A\u030aSA"), name("åsa"));
    EXPECT_EQ(name("\u1100\u1175\u11b7"), name("김"));
    EXPECT_EQ(name("I\u0307pek"), name("İpek"));
    EXPECT_EQ(name("Nguye\u0302\u0303n"), name("NGUYỄN"));
}

TEST(Name, LettersBeyondAsciiFollowTheRootLocale) {
    EXPECT_THAT(name("İpek"), Optional(Eq("i\u0307pek")));
    EXPECT_THAT(name("ΟΔΥΣΣΕΥΣ"), Optional(Eq("οδυσσευς")));
    EXPECT_THAT(name("Weiß"), Optional(Eq("weiß")));
    EXPECT_THAT(name("IŞIK"), Optional(Eq("işik")));
    EXPECT_THAT(name("محمد"), Optional(Eq("محمد")));
}

TEST(Digest, HashesUtf8) {
    EXPECT_EQ(sha256_hex("josé"), "d994e1d001886fe5b45b1267bd1fa2b752ac50742579bd3dad7b2a2aa0ed6866");
}

TEST(Gender, IsOneOfThreeLetters) {
    EXPECT_THAT(gender("Female"), Optional(Eq("f")));
    EXPECT_THAT(gender("MALE"), Optional(Eq("m")));
    EXPECT_THAT(gender("non-binary"), Optional(Eq("n")));
    EXPECT_EQ(gender("g"), nothing);
}

TEST(BirthDate, IsEightDigitsFromAnyUnambiguousForm) {
    for (const char* text :
         {"1997-12-26", "19971226", "1997/12/26", "26.12.1997", "12/26/1997", "26/12/1997", "1997,12,26"})
        EXPECT_THAT(birth_date(text), Optional(Eq("19971226"))) << text;
}

TEST(BirthDate, AnOrderThatCannotBeToldGivesNothing) {
    EXPECT_EQ(birth_date("05/06/1990"), nothing);
    EXPECT_THAT(birth_date("05/05/1990"), Optional(Eq("19900505")));
}

TEST(PostalCode, BritishOnesKeepTheirLetters) { EXPECT_THAT(postal_code("SW1A 1AA", "GB"), Optional(Eq("sw1a1aa"))); }

TEST(PostalCode, ZipPlusFourLosesItsFour) {
    EXPECT_THAT(postal_code("94107-1234", "US"), Optional(Eq("94107")));
    EXPECT_THAT(postal_code("94107-1234", ""), Optional(Eq("94107")));
}

TEST(City, LosesSpacesAndPunctuationButNoLetters) {
    EXPECT_THAT(city("San Francisco"), Optional(Eq("sanfrancisco")));
    EXPECT_THAT(city("Saint-Étienne"), Optional(Eq("saintétienne")));
    EXPECT_THAT(city("नई दिल्ली"), Optional(Eq("नईदिल्ली")));
}

TEST(AdvertisingId, TheAllZeroIdIsNobodys) {
    EXPECT_EQ(advertising_id("00000000-0000-0000-0000-000000000000"), nothing);
    EXPECT_THAT(advertising_id("AECE52E7-03EE-455A-B3C4-E57283966239"),
                Optional(Eq("aece52e7-03ee-455a-b3c4-e57283966239")));
}

TEST(Address, OnlyOnesAVisitorCanHavePass) {
    for (const char* text :
         {"127.0.0.1", "::", "::1", "0.0.0.0", "10.0.0.1", "192.168.0.1", "100.64.0.1", "fd00::1", "fe80::1"})
        EXPECT_EQ(public_address(text), nothing) << text;
    EXPECT_THAT(public_address("203.0.113.45"), Optional(Eq("203.0.113.45")));
    EXPECT_THAT(public_address("2001:DB8:0::1"), Optional(Eq("2001:db8::1")));
}

TEST(ExistingDigest, IsPassedOnInLowerCaseAndWithoutSpaces) {
    const std::string digest = sha256_hex("jane@example.com");
    std::string shouted = digest;
    for (char& c : shouted) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));

    EXPECT_THAT(existing_digest("  " + shouted + "\n"), Optional(Eq(digest)));
}

TEST(ExistingDigest, FortyThreeCharactersWithLeftoverBitsAreNoDigest) {
    const std::string zeros(42, 'A');

    EXPECT_TRUE(existing_digest(zeros + "A"));
    EXPECT_FALSE(existing_digest(zeros + "B"));
}

TEST(ExistingDigest, MailAddressesAndShorterDigestsAreNone) {
    EXPECT_FALSE(existing_digest("jane@example.com"));
    EXPECT_FALSE(existing_digest("5d41402abc4b2a76b9719d911017c592"));
    EXPECT_FALSE(existing_digest("aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d"));
}

TEST(TruncatedAddress, IsThatOfTheNetwork) {
    EXPECT_EQ(truncated_address("203.0.113.45"), "203.0.113.0");
    EXPECT_EQ(truncated_address("203.0.113.0"), "203.0.113.0");
    EXPECT_EQ(truncated_address("2001:db8:85a3:1234:5678:8a2e:370:7334"), "2001:db8:85a3::");
    EXPECT_EQ(truncated_address("2001:db8::1"), "2001:db8::");
}

TEST(TruncatedAddress, IsNoneOfWhatIsNoAddress) {
    for (const char* text : {"", "203.0.113", "203.0.113.45:80", "jane"})
        EXPECT_EQ(truncated_address(text), std::nullopt) << text;
}

}  // namespace
}  // namespace pinrelay::identity
