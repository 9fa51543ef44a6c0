#include "decode/event/shop_words.hpp"

#include <gtest/gtest.h>

#include <boost/algorithm/string/replace.hpp>
#include <string>
#include <vector>

#include "fixtures/decoding.hpp"

namespace pinrelay::decode {
namespace {

using model::Texts;

constexpr const char* person =
    R"("email":"a@b.example","phone":"+14155552671","first_name":"Ann","last_name":"Lee","city":"Oslo","state":"CA",
       "postcode":"94103","country":"US")";

// The person with each key behind a prefix.
std::string prefixed(const std::string& prefix) {
    std::string text(person);
    for (const char* key : {"email", "phone", "first_name", "last_name", "city", "state", "postcode", "country"})
        text = boost::algorithm::replace_all_copy(text, '"' + std::string(key) + "\":", '"' + prefix + key + "\":");
    return text;
}

void expect_the_person(const std::string& members) {
    const auto found = test::decode_event(R"({"event":"purchase",)" + members + "}").user_data;

    EXPECT_EQ(found.emails, Texts{"a@b.example"}) << members;
    EXPECT_EQ(found.phones, Texts{"+14155552671"}) << members;
    EXPECT_EQ(found.first_names, Texts{"Ann"}) << members;
    EXPECT_EQ(found.last_names, Texts{"Lee"}) << members;
    EXPECT_EQ(found.cities, Texts{"Oslo"}) << members;
    EXPECT_EQ(found.regions, Texts{"CA"}) << members;
    EXPECT_EQ(found.postal_codes, Texts{"94103"}) << members;
    EXPECT_EQ(found.countries, Texts{"US"}) << members;
}

TEST(ShopWords, AreReadBehindEveryPrefix) {
    for (const char* prefix : {"billing_", "shipping_", "customer_", "customer_billing_", "billing_address_"}) {
        expect_the_person(prefixed(prefix));
        expect_the_person("\"user_data\":{" + prefixed(prefix) + "}");
        expect_the_person("\"ecommerce\":{" + prefixed(prefix) + "}");
    }
}

TEST(ShopWords, AreReadInObjectsOfEveryName) {
    for (const char* key : {"billing", "billing_address", "billingAddress", "customer", "shipping", "shipping_address",
                            "shippingAddress", "delivery_address"}) {
        expect_the_person('"' + std::string(key) + "\":{" + person + "}");
        expect_the_person(R"("user_data":{")" + std::string(key) + "\":{" + person + "}}");
        expect_the_person(R"("userData":{")" + std::string(key) + "\":{" + person + "}}");
    }
    expect_the_person(R"("customer":{"billing":{)" + std::string(person) + "}}");
    expect_the_person(R"("customer":{"billing_address":{)" + std::string(person) + "}}");
    expect_the_person(R"("orderData":{"customer":{"billing":{)" + std::string(person) + "}}}");
    expect_the_person(R"("user_properties":{)" + prefixed("customer_") + "}");
}

TEST(ShopWords, AreReadInCamelCase) {
    expect_the_person(
        R"("billingEmail":"a@b.example","billingPhone":"+14155552671","billingFirstName":"Ann","billingLastName":"Lee",
           "billingCity":"Oslo","billingState":"CA","billingPostcode":"94103","billingCountry":"US")");
    expect_the_person(
        R"("customerBillingEmail":"a@b.example","customerBillingPhone":"+14155552671","customerBillingFirstName":"Ann",
           "customerBillingLastName":"Lee","customerBillingCity":"Oslo","customerBillingState":"CA",
           "customerBillingPostcode":"94103","customerBillingCountry":"US")");
}

TEST(ShopWords, TakeBillingBeforeShippingFieldByField) {
    const auto found = test::decode_event(
        R"({"event":"purchase","shipping_email":"s@b.example","billing_email":"b@b.example","shipping_city":"Rome",
            "billing_city":"","shipping_address":{"country":"IT"},"billing_address":{"country":"NO"}})");

    EXPECT_EQ(found.user_data.emails, Texts{"b@b.example"});
    EXPECT_EQ(found.user_data.cities, Texts{"Rome"});
    EXPECT_EQ(found.user_data.countries, Texts{"NO"});
}

TEST(ShopWords, AreBehindThePlainOnes) {
    const auto found = test::decode_event(
        R"({"event":"purchase","user_data":{"billing_email":"b@b.example","email":"a@b.example"},"billing_city":"Rome","city":"Oslo"})");

    EXPECT_EQ(found.user_data.emails, Texts{"a@b.example"});
    EXPECT_EQ(found.user_data.cities, Texts{"Oslo"});
}

TEST(ShopWords, GiveTheCustomersId) {
    for (const char* members : {R"("customer_id":77)", R"("customerId":"77")", R"("user_data":{"customer_id":"77"})",
                                R"("customer":{"id":77})", R"("user_properties":{"customer_id":"77"})"}) {
        const auto event = test::decode_event(R"({"event":"purchase",)" + std::string(members) + "}");

        EXPECT_EQ(event.user_id, "77") << members;
        EXPECT_EQ(event.user_data.external_ids, Texts{"77"}) << members;
    }
    EXPECT_EQ(test::decode_event(R"({"event":"a","customer_id":"1","user_id":"2"})").user_id, "2");
    EXPECT_EQ(test::decode_event(R"({"event":"a","customer_id":"1","external_id":"2"})").user_data.external_ids,
              Texts{"2"});
}

TEST(ShopWords, TellNewCustomersFromOthers) {
    EXPECT_EQ(test::decode_event(R"({"event":"purchase","new_customer":true})").customer_type, "new");
    EXPECT_EQ(test::decode_event(R"({"event":"purchase","new_customer":"false"})").customer_type, "returning");
    EXPECT_EQ(test::decode_event(R"({"event":"purchase","user_data":{"new_customer":true}})").customer_type, "new");
    EXPECT_EQ(test::decode_event(R"({"event":"purchase","isNewCustomer":1})").customer_type, "new");
    EXPECT_EQ(test::decode_event(R"({"event":"purchase","new_customer":"perhaps"})").customer_type, std::nullopt);
    EXPECT_EQ(
        test::decode_event(R"({"event":"purchase","new_customer":true,"customer_type":"returning"})").customer_type,
        "returning");
    EXPECT_EQ(test::decode_event(R"({"event":"purchase","customer_lifetime_value":250.5})").predicted_ltv, "250.5");
}

TEST(ShopWords, AreThoseOfClassicECommerceToo) {
    const auto event = test::decode_event(
        R"({"event":"orderComplete","transactionId":"1234","transactionTotal":38.26,"transactionTax":1.29,
            "transactionCurrency":"EUR","transactionProducts":[
              {"sku":"DD44","name":"T-Shirt","category":"Apparel","price":11.99,"quantity":1},
              {"sku":"AA1243544","name":"Socks","category":"Apparel","price":9.99,"quantity":2}]})");

    EXPECT_EQ(event.transaction_id, "1234");
    EXPECT_EQ(event.value, "38.26");
    EXPECT_EQ(event.currency, "EUR");
    ASSERT_EQ(event.items.size(), 2U);
    EXPECT_EQ(event.items[1].id, "AA1243544");
    EXPECT_EQ(event.items[1].price, "9.99");
    EXPECT_EQ(event.items[1].quantity, "2");
    EXPECT_EQ(event.items[1].category, "Apparel");
}

TEST(ShopWords, OfClassicECommerceNeedNoEvent) {
    EXPECT_EQ(test::decode_event(test::post(R"([{"transactionId":"1","transactionTotal":5}])")).name, "purchase");
    EXPECT_EQ(test::decode_rejection(test::post(R"([{"transactionId":"1"}])")).code, RejectCode::NotAnEvent);
}

TEST(PinterestsTag, GivesItsLineItems) {
    const auto event = test::decode_event(
        R"({"event":"checkout","value":10,"currency":"EUR","line_items":[{"product_id":"A","product_price":5,"product_quantity":2}]})");
    const auto text = test::decode_event(
        R"({"event":"checkout","line_items":"[{\"product_id\":\"A\",\"product_price\":5,\"product_quantity\":2}]"})");

    ASSERT_EQ(event.items.size(), 1U);
    EXPECT_EQ(event.items[0].quantity, "2");
    EXPECT_EQ(text.items, event.items);
    EXPECT_EQ(test::decode_event(R"({"event":"a","lineItems":[{"id":1}],"items":[{"id":2}]})").items.at(0).id, "2");
}

TEST(PinterestsCookie, IsReadFromTheCommonCookies) {
    EXPECT_EQ(test::decode_event(R"({"event":"a","common_cookie":{"_pin_unauth":"dWlk"}})").cookie_visitor, "dWlk");
}

}  // namespace
}  // namespace pinrelay::decode
