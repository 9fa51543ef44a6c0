#include "destinations/pinterest/translate/essence.hpp"

#include <gtest/gtest.h>

#include "../fixture.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

using model::Essence;

Essence essence_of_event(const model::Event& event) { return test::translate(event).translation.essence; }

model::Event event_with_emails(model::Texts emails) {
    auto event = test::event();
    event.user_data.emails = std::move(emails);
    return event;
}

TEST(Essence, IsTheSameForWhatNormalisesToTheSame) {
    EXPECT_EQ(essence_of_event(event_with_emails({" Jane@Shop.example"})),
              essence_of_event(event_with_emails({"jane@shop.example"})));
    auto value = test::event();
    value.value = "79.90";
    value.currency = "usd";
    auto other = test::event();
    other.value = "79.9";
    other.currency = "USD";
    EXPECT_EQ(essence_of_event(value), essence_of_event(other));
}

TEST(Essence, TakesNoNoticeOfTheOrderOfValues) {
    EXPECT_EQ(essence_of_event(event_with_emails({"a@shop.example", "b@shop.example"})),
              essence_of_event(event_with_emails({"b@shop.example", "a@shop.example"})));
    EXPECT_NE(essence_of_event(event_with_emails({"a@shop.example", "b@shop.example"})),
              essence_of_event(event_with_emails({"a@shop.example"})));
}

TEST(Essence, HasAKindForEachIdentifier) {
    auto event = test::event();
    const Essence bare = essence_of_event(event);
    event.value = "1";
    event.currency = "USD";
    event.click_id = "click";
    event.user_id = "u-1";
    auto& person = event.user_data;
    person.emails = {"jane@shop.example"};
    person.phones = {"+12025550143"};
    person.advertising_ids = {"38400000-8cf0-11bd-b23e-10b96e40000d"};
    person.last_names = {"Doe"};
    person.cities = {"Berlin"};

    const Essence full = essence_of_event(event);

    EXPECT_EQ(bare.value, 0U);
    EXPECT_NE(full.value, 0U);
    for (std::size_t kind = 0; kind < Essence::kinds; ++kind) {
        EXPECT_NE(full.identifiers[kind], 0U) << kind;
        EXPECT_EQ(bare.identifiers[kind] != 0, kind == 5) << kind;
    }
    EXPECT_TRUE(has_no_more_identifiers(bare, full));
    EXPECT_FALSE(has_no_more_identifiers(full, bare));
}

TEST(Essence, TellsFieldsOfOneKindApart) {
    auto first = test::event();
    first.user_data.first_names = {"Jane"};
    auto last = test::event();
    last.user_data.last_names = {"Jane"};

    EXPECT_NE(essence_of_event(first), essence_of_event(last));
}

TEST(Essence, TellsCurrenciesApart) {
    auto dollars = test::event();
    dollars.value = "1";
    dollars.currency = "USD";
    auto euros = dollars;
    euros.currency = "EUR";

    EXPECT_NE(essence_of_event(dollars).value, essence_of_event(euros).value);
}

TEST(Translation, SaysWhetherSomethingWasBought) {
    EXPECT_TRUE(test::translate(test::event("purchase")).translation.is_sale);
    EXPECT_TRUE(test::translate(test::event("buy")).translation.is_sale);
    EXPECT_FALSE(test::translate(test::event("add_to_cart")).translation.is_sale);
}

TEST(Translation, NamesAnEventOfOnesOwn) {
    EXPECT_EQ(test::translate(test::event("begin_checkout")).translation.custom_name, "BeginCheckout");
    EXPECT_EQ(test::translate(test::event("purchase")).translation.custom_name, "");
}

}  // namespace
}  // namespace pinrelay::destinations::pinterest
