#include "decode/event/consent.hpp"

#include <gtest/gtest.h>

#include <string>
#include <tuple>

#include "decode/event/fields.hpp"
#include "fixtures/decoding.hpp"

namespace pinrelay::decode {
namespace {

using model::Consent;
using model::Grant;

Consent with_signal(std::string_view text) {
    const model::Value object = test::json(text);
    Fields fields(test::arena());
    fields.read(object);
    return fields.consent();
}

// Without the word that decided.
Consent consent_of(std::string_view text) {
    Consent consent = with_signal(text);
    consent.signal.clear();
    return consent;
}

Consent grants(Grant ad_storage, Grant ad_user_data, Grant ad_personalization) {
    Consent consent;
    consent.ad_storage = ad_storage;
    consent.ad_user_data = ad_user_data;
    consent.ad_personalization = ad_personalization;
    return consent;
}

// Without what held before the visitor chose.
Consent choice_of(std::string_view text) {
    Consent consent = consent_of(text);
    consent.before_choice = Consent{}.before_choice;
    return consent;
}

class GcdLetter : public testing::TestWithParam<std::pair<char, Grant>> {};

TEST_P(GcdLetter, MeansTheStateAfterTheUpdate) {
    const auto [letter, grant] = GetParam();

    EXPECT_EQ(grant_of_letter(letter), grant) << letter;
}

INSTANTIATE_TEST_SUITE_P(Table, GcdLetter,
                         testing::Values(std::pair{'l', Grant::Unset}, std::pair{'t', Grant::Granted},
                                         std::pair{'p', Grant::Denied}, std::pair{'n', Grant::Granted},
                                         std::pair{'m', Grant::Denied}, std::pair{'v', Grant::Granted},
                                         std::pair{'u', Grant::Denied}, std::pair{'r', Grant::Granted},
                                         std::pair{'q', Grant::Denied}, std::pair{'x', Grant::Unset},
                                         std::pair{'1', Grant::Unset}, std::pair{'\0', Grant::Unset}));

TEST(Consent, ReadsTheLettersAtTheirPlaces) {
    EXPECT_EQ(choice_of(R"({"x-ga-gcd":"13p3t3t3t5"})"), grants(Grant::Denied, Grant::Granted, Grant::Granted));
    EXPECT_EQ(choice_of(R"({"x-ga-gcd":"13t3p3t3t5"})"), grants(Grant::Granted, Grant::Granted, Grant::Granted));
    EXPECT_EQ(choice_of(R"({"x-ga-gcd":"13t3t3p3t5"})"), grants(Grant::Granted, Grant::Denied, Grant::Granted));
    EXPECT_EQ(choice_of(R"({"x-ga-gcd":"13t3t3t3p5"})"), grants(Grant::Granted, Grant::Granted, Grant::Denied));
    EXPECT_EQ(choice_of(R"({"x-ga-gcd":"13l3l3l3l5"})"), Consent{});
}

TEST(Consent, ReadsWhatThereIsOfAShortText) {
    EXPECT_EQ(choice_of(R"({"gcd":"13t"})"), grants(Grant::Granted, Grant::Unset, Grant::Unset));
    EXPECT_EQ(consent_of(R"({"gcd":"13"})"), Consent{});
    EXPECT_EQ(consent_of(R"({"gcd":"denied"})"), Consent{});
    EXPECT_EQ(consent_of(R"({"gcd":"none"})"), Consent{});
    EXPECT_EQ(consent_of(R"({"gcs":"G1"})"), Consent{});
}

TEST(Consent, ReadsGcsInEverySpelling) {
    for (const char* key : {"gcs", "x-ga-gcs", "x_ga_gcs"}) {
        const std::string begin = std::string(R"({")") + key + R"(":")";

        EXPECT_EQ(consent_of(begin + "G101\"}").ad_storage, Grant::Denied) << key;
        EXPECT_EQ(consent_of(begin + "G110\"}").ad_storage, Grant::Granted) << key;
        EXPECT_EQ(consent_of(begin + "G1--\"}").ad_storage, Grant::Unset) << key;
    }
}

class ConsentWord : public testing::TestWithParam<std::pair<const char*, Grant>> {};

TEST_P(ConsentWord, IsReadWhereverConsentStands) {
    const auto& [word, grant] = GetParam();
    const std::string object = std::string(R"({"ad_storage":)") + word + "}";

    EXPECT_EQ(consent_of(R"({"consent_state":)" + object + "}").ad_storage, grant);
    EXPECT_EQ(consent_of(R"({"consent":)" + object + "}").ad_storage, grant);
    EXPECT_EQ(consent_of(R"({"consent_state_ad_storage":)" + std::string(word) + "}").ad_storage, grant);
    EXPECT_EQ(consent_of(object).ad_storage, grant);
}

INSTANTIATE_TEST_SUITE_P(
    Table, ConsentWord,
    testing::Values(std::pair{"true", Grant::Granted}, std::pair{"false", Grant::Denied},
                    std::pair{R"("granted")", Grant::Granted}, std::pair{R"("denied")", Grant::Denied},
                    std::pair{R"("GRANTED")", Grant::Granted}, std::pair{R"("DENIED")", Grant::Denied},
                    std::pair{R"(" Denied ")", Grant::Denied}, std::pair{R"("false")", Grant::Denied},
                    std::pair{"1", Grant::Granted}, std::pair{"0", Grant::Denied}, std::pair{"null", Grant::Unset},
                    std::pair{R"("")", Grant::Unset}, std::pair{R"("CONSENT_STATUS_UNSPECIFIED")", Grant::Unset},
                    std::pair{"{}", Grant::Unset}));

TEST(Consent, ReadsMeasurementProtocolsConsent) {
    EXPECT_EQ(consent_of(R"({"consent":{"ad_user_data":"DENIED","ad_personalization":"GRANTED"}})"),
              grants(Grant::Unset, Grant::Denied, Grant::Granted));
}

TEST(Consent, LetsARefusalWinWhereverItStands) {
    for (const char* text : {R"({"consent_state":{"ad_storage":true},"x-ga-gcs":"G100"})",
                             R"({"x-ga-gcs":"G100","consent_state":{"ad_storage":true}})",
                             R"({"x-ga-gcd":"13u3t3t3t5","x-ga-gcs":"G111"})",
                             R"({"ecommerce":{"ad_storage":"denied"},"ad_storage":"granted"})"}) {
        EXPECT_EQ(consent_of(text).ad_storage, Grant::Denied) << text;
    }
}

TEST(Consent, TakesNonPersonalizedAdsAsARefusalOfPersonalizationOnly) {
    for (const char* text : {R"({"npa":"1"})", R"({"x-ga-npa":1})", R"({"non_personalized_ads":true})"}) {
        EXPECT_EQ(consent_of(text), grants(Grant::Unset, Grant::Unset, Grant::Denied)) << text;
    }
    EXPECT_EQ(consent_of(R"({"npa":"0"})"), Consent{});
}

TEST(Consent, TellsWhatARepeatedHitsFirstCopyStoodUnder) {
    const auto before = [](std::string_view text) { return consent_of(text).before_choice; };

    EXPECT_EQ(before(R"({"gcd":"13r3r3r3r5"})"), Grant::Denied);
    EXPECT_EQ(before(R"({"gcd":"13t3t3r3t5"})"), Grant::Denied);
    EXPECT_EQ(before(R"({"gcd":"13n3n3n3n5"})"), Grant::Unset);
    EXPECT_EQ(before(R"({"gcd":"13v3r3t3r5"})"), Grant::Granted);
    EXPECT_EQ(before(R"({"gcd":"13l3t3v3t5"})"), Grant::Granted);
    EXPECT_EQ(before(R"({"gcd":""})"), Grant::Denied);
    EXPECT_EQ(before(R"({"gcs":"G111"})"), Grant::Denied);
}

TEST(Consent, KnowsTheRepeatedHitInEverySpelling) {
    for (const char* text : {R"({"gcu":"1"})", R"({"x-ga-gcu":1})", R"({"x_ga_gcu":true})"})
        EXPECT_TRUE(consent_of(text).follows_grant) << text;
    for (const char* text : {R"({"gcu":"0"})", R"({"gcu":""})", R"({"gcut":"1"})", "{}"})
        EXPECT_FALSE(consent_of(text).follows_grant) << text;
}

TEST(Consent, ReadsTheOptOutOfSaleInEverySpelling) {
    for (const char* text : {R"({"us_privacy":"1YYN"})", R"({"x-ga-us_privacy":"1NYN"})", R"({"us_privacy":" 1yyn "})",
                             R"({"sst.us_privacy":"1YYY"})", R"({"sst":{"us_privacy":"1-Y-"}})"})
        EXPECT_TRUE(consent_of(text).sale_opt_out) << text;
    for (const char* text :
         {R"({"us_privacy":"1YNN"})", R"({"us_privacy":"1---"})", R"({"us_privacy":"YYYY"})", R"({"us_privacy":"1Y"})",
          R"({"us_privacy":"Y"})", R"({"us_privacy":true})", R"({"us_privacy":["1YYN"]})"})
        EXPECT_FALSE(consent_of(text).sale_opt_out) << text;
}

TEST(Consent, LetsAnOptOutOfSaleStay) {
    EXPECT_TRUE(consent_of(R"({"us_privacy":"1YYN","sst.us_privacy":"1YNN"})").sale_opt_out);
    EXPECT_TRUE(consent_of(R"({"us_privacy":"1YNN","sst.us_privacy":"1YYN"})").sale_opt_out);
}

TEST(Consent, NamesTheLastWordThatDecided) {
    const std::pair<const char*, const char*> cases[] = {
        {R"({"gcs":"G100"})", "gcs=G100"},
        {R"({"x-ga-gcs":"G111"})", "x-ga-gcs=G111"},
        {R"({"x_ga_gcd":"13u3t3v3t5"})", "x-ga-gcd=13u3t3v3t5"},
        {R"({"consent":{"ad_storage":"denied"}})", "consent.ad_storage=denied"},
        {R"({"consent_ad_storage":false})", "consent.ad_storage=denied"},
        {R"({"consentState":{"adUserData":"granted"}})", "consent_state.ad_user_data=granted"},
        {R"({"ad_storage":"granted","ad_user_data":"denied"})", "ad_user_data=denied"},
        {R"({"ad_storage":"denied","ad_user_data":"granted"})", "ad_storage=denied"},
        {R"({"gcs":"G111","gcd":"13t3t3p3t5"})", "gcd=13t3t3p3t5"},
        {R"({"gcs":"G100 jane@example.com"})", "gcs=denied"},
        {R"({"ad_personalization":"denied"})", ""},
        {R"({"gcs":"G1--"})", ""},
        {"{}", ""}};
    for (const auto& [object, signal] : cases) EXPECT_EQ(with_signal(object).signal, signal) << object;
}

}  // namespace
}  // namespace pinrelay::decode
