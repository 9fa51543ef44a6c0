#include "decode/event/fields.hpp"

#include <gtest/gtest.h>

#include "fixtures/decoding.hpp"

namespace pinrelay::decode {
namespace {

using test::json;

std::optional<std::string_view> text_of(const model::Value& object, Field field) {
    Fields fields(test::arena());
    fields.read(object);
    return fields.text(field);
}

TEST(Fields, TakeTheFirstAliasWhateverTheOrderOfKeys) {
    EXPECT_EQ(text_of(json(R"({"url":"b","page_location":"a"})"), Field::PageLocation), "a");
    EXPECT_EQ(text_of(json(R"({"page_location":"a","url":"b"})"), Field::PageLocation), "a");
}

TEST(Fields, PassOverAliasesThatSayNothing) {
    for (const char* nothing : {"null", R"("")", R"("  ")", R"("undefined")", R"("null")", "\"(not set)\"",
                                R"("[object Object]")", R"("NaN")", "[]", "{}", R"(["x"])", R"({"x":"y"})"}) {
        const auto object = json(std::string(R"({"page_location":)") + nothing + R"(,"url":"b"})");

        EXPECT_EQ(text_of(object, Field::PageLocation), "b") << nothing;
    }
}

TEST(Fields, TakeNumbersAndBooleansAsTheirText) {
    EXPECT_EQ(text_of(json(R"({"event_id":17})"), Field::EventId), "17");
    EXPECT_EQ(text_of(json(R"({"page_title":true})"), Field::PageTitle), "true");
    EXPECT_EQ(text_of(json(R"({"value":39.990})"), Field::Value), "39.990");
}

TEST(Fields, PreferTheEventsOwnMembersToLiftedOnes) {
    const auto object =
        json(R"({"custom_data":{"value":4},"ecommerce":{"value":3},"eventModel":{"value":2},"value":1})");
    const auto without_own = json(R"({"custom_data":{"value":4},"ecommerce":{"value":3},"eventModel":{"value":2}})");
    const auto ecommerce = json(R"({"custom_data":{"value":4},"ecommerce":{"value":3}})");

    EXPECT_EQ(text_of(object, Field::Value), "1");
    EXPECT_EQ(text_of(without_own, Field::Value), "2");
    EXPECT_EQ(text_of(ecommerce, Field::Value), "3");
}

TEST(Fields, SayWhereAValueStoodAsItCameIfTheyTrace) {
    const auto object =
        json(R"({"ecommerce":{"transactionId":"T1"},"user_data":{"address":{"city":"Bern"}},"url":"b"})");
    Fields traced(test::arena(), Explain::Yes);
    Fields untraced(test::arena());

    traced.read(object, 0, {}, "params");
    untraced.read(object, 0, {}, "params");

    EXPECT_EQ(traced.source(Field::TransactionId), "params.ecommerce.transactionId");
    EXPECT_EQ(traced.source(Field::City), "params.user_data.address.city");
    EXPECT_EQ(traced.source(Field::PageLocation), "params.url");
    EXPECT_EQ(traced.source(Field::Value), "");
    EXPECT_EQ(untraced.source(Field::TransactionId), "");
}

TEST(Fields, ListTheKeysWithoutAMeaningIfTheyTrace) {
    const auto object = json(R"({"event":"purchase","ecommerce":{"curency":"EUR"},"colour":{"a":1},"value":1})");
    Fields traced(test::arena(), Explain::Yes);
    Fields untraced(test::arena());

    traced.read(object);
    untraced.read(object);

    using Unread = model::Origins::Unread;
    EXPECT_EQ(traced.unread(), (std::vector<Unread>{{"ecommerce.curency", "currency"}, {"colour", ""}}));
    EXPECT_TRUE(untraced.unread().empty());
}

TEST(Fields, KeepFewOfTheKeysWithoutAMeaning) {
    std::string many = R"({"event":"a")";
    for (int number = 0; number < 1'000; ++number) many += ",\"zz" + std::to_string(number) + "\":1";
    Fields traced(test::arena(), Explain::Yes);

    traced.read(json(many + ",\"" + std::string(1'000, 'z') + "\":1}"));

    EXPECT_EQ(traced.unread().size(), 50U);
}

TEST(Fields, TakeOverWhereAValueStood) {
    const auto around_object = json(R"({"currency":"EUR","value":3})");
    const auto own_object = json(R"({"value":4})");
    Fields around(test::arena(), Explain::Yes);
    around.read(around_object);
    Fields own(test::arena(), Explain::Yes);
    own.read(own_object, 0, {}, "event_data");

    own.fill_from(around);

    EXPECT_EQ(own.source(Field::Currency), "currency");
    EXPECT_EQ(own.source(Field::Value), "event_data.value");
}

TEST(Fields, DoNotLiftTwice) {
    EXPECT_EQ(text_of(json(R"({"ecommerce":{"ecommerce":{"value":3}}})"), Field::Value), std::nullopt);
}

TEST(Fields, PreferLowerScopes) {
    const auto weak = json(R"({"page_location":"weak","page_title":"only here"})");
    const auto strong = json(R"({"url":"strong"})");
    Fields fields(test::arena());

    fields.read(weak, 2);
    fields.read(strong, 0);

    EXPECT_EQ(fields.text(Field::PageLocation), "strong");
    EXPECT_EQ(fields.text(Field::PageTitle), "only here");
}

TEST(Fields, KnowNothingOfGtmsPageCounter) {
    EXPECT_EQ(text_of(json(R"({"gtm.uniqueEventId":7,"gtm":{"uniqueEventId":8}})"), Field::EventId), std::nullopt);
}

TEST(Fields, KeepAllTextsOfAList) {
    const auto object = json(R"({"user_data":{"email":["a","b",null,"","a",7,["c"]]}})");
    Fields fields(test::arena());

    fields.read(object);

    EXPECT_EQ(fields.texts(Field::Email), (model::Texts{"a", "b", "a", "7"}));
    EXPECT_EQ(fields.person_values(Field::Email).take(), (model::Texts{"a", "b", "7"}));
}

TEST(Fields, KeepAHundredTextsAtMost) {
    std::string list;
    for (int i = 0; i < 5000; ++i) list += (i == 0 ? "" : ",") + std::to_string(i);
    const auto object = json("{\"email\":[" + list + "]}");
    Fields fields(test::arena());

    fields.read(object);

    EXPECT_EQ(fields.texts(Field::Email).size(), 100U);
}

TEST(Fields, TellTheKeysOfAServerContainer) {
    for (const char* text : {R"({"x-ga-page_id":1})", R"({"x_ga_page_id":1})"}) {
        const auto object = json(text);
        Fields fields(test::arena());

        fields.read(object);

        EXPECT_TRUE(fields.has_container_keys()) << text;
    }
}

TEST(Fields, PassOverWhatIsNoObject) {
    for (const char* text : {"null", "1", R"("x")", "[]", R"([{"value":1}])"}) {
        EXPECT_EQ(text_of(json(text), Field::Value), std::nullopt) << text;
    }
}

}  // namespace
}  // namespace pinrelay::decode
