#include "decode/event/people.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "fixtures/decoding.hpp"
#include "pinrelay/decode/warnings.hpp"

namespace pinrelay::decode {
namespace {

using model::Texts;

model::UserData people_of(std::string_view text) {
    const model::Value object = test::json(text);
    Fields fields(test::arena());
    fields.read(object);
    std::vector<model::Warning> warnings;
    return read_people(fields, test::arena(), warnings);
}

TEST(People, PrefersClearTextToItsDigest) {
    const auto person = people_of(
        R"({"user_data":{"sha256_email_address":"aa","email_address":"a@b.c","sha256_phone_number":"bb","phone_number":"1",
            "address":{"sha256_first_name":"cc","first_name":"Ann","sha256_last_name":"dd","last_name":"Lee"}}})");

    EXPECT_EQ(person.emails, Texts{"a@b.c"});
    EXPECT_EQ(person.phones, Texts{"1"});
    EXPECT_EQ(person.first_names, Texts{"Ann"});
    EXPECT_EQ(person.last_names, Texts{"Lee"});
}

TEST(People, TakesTheDigestWhereClearTextSaysNothing) {
    for (const char* nothing :
         {"null", R"("")", R"("undefined")", R"("null")", R"("-")", R"("N/A")", "[]", "[null]", R"([""])", "{}"}) {
        const auto person = people_of(std::string(R"({"user_data":{"email_address":)") + nothing +
                                      R"(,"sha256_email_address":["aa","bb"]}})");

        EXPECT_EQ(person.emails, (Texts{"aa", "bb"})) << nothing;
    }
}

TEST(People, TakesAnAliasWhereTheFirstSpellingSaysNothing) {
    EXPECT_EQ(people_of(R"({"user_data":{"email_address":"-","email":"a@b.c"}})").emails, Texts{"a@b.c"});
}

TEST(People, FindsFlattenedKeys) {
    const auto person = people_of(
        R"({"user_data_email_address":"a@b.c","user_data_address_first_name":"Ann","user_data_address_zip":"1"})");

    EXPECT_EQ(person.emails, Texts{"a@b.c"});
    EXPECT_EQ(person.first_names, Texts{"Ann"});
    EXPECT_EQ(person.postal_codes, Texts{"1"});
}

TEST(People, ReadsOneAddressAsAnObject) {
    const auto person = people_of(R"({"user_data":{"address":{"city":"Oslo","region":"03","country":"NO"}}})");

    EXPECT_EQ(person.cities, Texts{"Oslo"});
    EXPECT_EQ(person.regions, Texts{"03"});
    EXPECT_EQ(person.countries, Texts{"NO"});
}

TEST(People, PutsTheFirstCompleteAddressFirst) {
    const auto person = people_of(R"({"user_data":{"address":[
        {"first_name":"A","city":"One"},
        {"first_name":"B","last_name":"L","postal_code":"2","country":"NO","city":"Two"},
        {"first_name":"C","last_name":"L","postal_code":"3","country":"NO","city":"Three"}]}})");

    EXPECT_EQ(person.cities, (Texts{"Two", "One", "Three"}));
    EXPECT_EQ(person.first_names, (Texts{"B", "A", "C"}));
    EXPECT_EQ(person.last_names, Texts{"L"});
}

TEST(People, KeepsTheOrderOfAddressesNoneOfWhichIsComplete) {
    const auto person = people_of(R"({"user_data":{"address":[{"city":"One"},{"city":"Two"}]}})");

    EXPECT_EQ(person.cities, (Texts{"One", "Two"}));
}

TEST(People, PassesOverAddressesThatAreNone) {
    const auto person = people_of(R"({"user_data":{"address":[null,7,"x",[],{"city":"One"}]}})");

    EXPECT_EQ(person.cities, Texts{"One"});
}

TEST(People, CompletesAddressesFromBesideThem) {
    const auto person = people_of(R"({"firstName":"Ann","city":"no","user_data":{"address":[{"city":"One"}]}})");

    EXPECT_EQ(person.first_names, Texts{"Ann"});
    EXPECT_EQ(person.cities, Texts{"One"});
}

TEST(People, TakesTheUserIdWhereThereIsNoExternalId) {
    EXPECT_EQ(people_of(R"({"user_id":"u"})").external_ids, Texts{"u"});
    EXPECT_EQ(people_of(R"({"user_id":"u","external_id":"x"})").external_ids, Texts{"x"});
    EXPECT_EQ(people_of(R"({"user_id":"undefined"})").external_ids, Texts{});
}

TEST(People, SayThatALongListWasCut) {
    std::string emails;
    std::string addresses;
    for (int i = 0; i < 130; ++i) {
        const std::string comma = i == 0 ? "" : ",";
        emails += comma + "\"a" + std::to_string(i) + "@b.example\"";
        addresses += comma + R"({"city":"c)" + std::to_string(i) + "\"}";
    }

    const auto event = test::decode_event(R"({"event":"a","email":[)" + emails + R"(],"address":[)" + addresses + "]}");

    EXPECT_EQ(event.user_data.emails.size(), 10U);
    EXPECT_EQ(event.user_data.emails.back(), "a9@b.example");
    EXPECT_EQ(event.user_data.cities.size(), 10U);
    ASSERT_EQ(event.warnings.size(), 2U);
    EXPECT_EQ(event.warnings[0],
              (model::Warning{warnings::list_left_out, "email", "120 values beyond the first 10 are left out"}));
    EXPECT_EQ(event.warnings[1],
              (model::Warning{warnings::list_left_out, "address", "120 values beyond the first 10 are left out"}));
}

// Each field has its own limit, under whichever of its names it comes.
TEST(People, KeepTenValuesOfEachField) {
    std::string list;
    for (int i = 0; i < 12; ++i) list += (i == 0 ? "\"" : ",\"") + std::to_string(i) + '"';
    for (const std::string key :
         {"email", "sha256_email_address", "phone_number", "sha256_phone_number", "gender", "birth_date", "external_id",
          "first_name", "sha256_first_name", "last_name", "city", "region", "postal_code", "country"}) {
        const auto event = test::decode_event(R"({"event":"a","user_data":{")" + key + "\":[" + list + "]}}");
        const auto& one = event.user_data;

        std::size_t values = 0;
        for (const auto& field :
             {one.emails, one.phones, one.genders, one.birth_dates, one.external_ids, one.first_names, one.last_names,
              one.cities, one.regions, one.postal_codes, one.countries})
            values += field.size();
        EXPECT_EQ(values, 10U) << key;
        ASSERT_EQ(event.warnings.size(), 1U) << key;
        EXPECT_EQ(event.warnings[0].code, warnings::list_left_out) << key;
    }
}

TEST(People, KeepTenValuesOfAllAddressesTogether) {
    const auto event = test::decode_event(
        R"({"event":"a","address":[{"city":["a","b","c","d","e","f","g"]},{"city":["a","h","i","j","k","l"]}]})");

    EXPECT_EQ(event.user_data.cities, (Texts{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"}));
    ASSERT_EQ(event.warnings.size(), 1U);
    EXPECT_EQ(event.warnings[0].message, "2 values beyond the first 10 are left out");
}

}  // namespace
}  // namespace pinrelay::decode
