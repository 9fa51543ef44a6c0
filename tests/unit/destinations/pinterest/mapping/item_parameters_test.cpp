#include <stdexcept>

#include "unit/destinations/pinterest/fixture.hpp"

// Rules that set a key of each item.
namespace pinrelay::test {
namespace {

using model::Value;
using pinterest::EventRule;
using pinterest::ParameterRule;

pinterest::Settings with_parameters(std::vector<ParameterRule> parameters) {
    EventRule rule;
    rule.ga4_name = "purchase";
    rule.parameters = std::move(parameters);
    auto with = settings();
    with.rules = {rule};
    return with;
}

ParameterRule of_items(const std::string& key, std::string pointer) {
    return {"custom_data.contents[]." + key, std::move(pointer), {}};
}

model::Event order_of_three() {
    auto bought = event();
    bought.currency = "EUR";
    bought.value = "6";
    for (const auto* source :
         {R"({"shop":{"maker":"Acme","number":7}})", R"({"shop":{"maker":"undefined"}})", "null"}) {
        bought.items.push_back(item("A", "1", "2"));
        bought.items.back().brand = "old";
        bought.items.back().source = json(source);
    }
    return bought;
}

TEST(ItemParameters, AreTakenFromWithinEachItem) {
    const auto result = translate(order_of_three(), with_parameters({of_items("item_brand", "/shop/maker")}));

    EXPECT_EQ(result.at("/custom_data/contents/0/item_brand"), R"("Acme")");
    EXPECT_EQ(result.at("/custom_data/contents/1/item_brand"), R"("old")");
    EXPECT_EQ(result.at("/custom_data/contents/2/item_brand"), R"("old")");
    EXPECT_TRUE(result.warnings().empty());
}

TEST(ItemParameters, SetEveryKeyOfContents) {
    for (const auto* key : {"id", "item_name", "item_category", "item_brand", "item_brand_id"})
        EXPECT_EQ(translate(order_of_three(), with_parameters({of_items(key, "/shop/number")}))
                      .at("/custom_data/contents/0/" + std::string(key)),
                  R"("7")")
            << key;
    EXPECT_EQ(translate(order_of_three(), with_parameters({of_items("item_price", "/shop/number")}))
                  .at("/custom_data/contents/0/item_price"),
              R"("7")");
    EXPECT_EQ(translate(order_of_three(), with_parameters({of_items("quantity", "/shop/number")}))
                  .at("/custom_data/num_items"),
              "11");
    EXPECT_EQ(
        translate(order_of_three(), with_parameters({of_items("id", "/shop/number")})).at("/custom_data/content_ids"),
        R"(["7","A","A"])");
}

TEST(ItemParameters, MayBeConstant) {
    const auto result = translate(
        order_of_three(), with_parameters({{"custom_data.contents[].item_brand", {}, model::Document(Value("Acme"))}}));

    for (const auto* i : {"0", "1", "2"})
        EXPECT_EQ(result.at("/custom_data/contents/" + std::string(i) + "/item_brand"), R"("Acme")");
}

TEST(ItemParameters, ThatAreNoPlainValueAreAWarning) {
    const auto result = translate(order_of_three(), with_parameters({of_items("item_brand", "/shop")}));

    EXPECT_EQ(result.at("/custom_data/contents/0/item_brand"), R"("old")");
    EXPECT_EQ(result.warnings(), std::vector<std::string>{"parameter_unusable custom_data.contents[].item_brand"});
}

TEST(ItemParameters, NeedTheMarkOfAListAndAKnownKey) {
    for (const auto* target : {"custom_data.contents.item_brand", "custom_data.contents[].colour",
                               "custom_data[].value", "custom_data.contents[]", "custom_data.content_ids[].id"})
        EXPECT_THROW(pinterest::make_pinterest(with_parameters({{target, "/x", {}}})), std::invalid_argument) << target;
}

TEST(ItemParameters, OfAConstantHoldForAReplay) {
    const auto record = *translate(order_of_three()).record();
    const auto destination = pinterest::make_pinterest(
        with_parameters({{"custom_data.contents[].item_brand", {}, model::Document(Value("Acme"))},
                         of_items("item_name", "/shop/maker")}));

    const auto again = destination->translate_again(record, received);

    const auto body = json(std::get<model::Record>(again.outcome).body);
    for (const auto* i : {"0", "1", "2"})
        EXPECT_EQ(*body.at_pointer("/custom_data/contents/" + std::string(i) + "/item_brand")->text(), "Acme");
    EXPECT_TRUE(again.warnings.empty());
    EXPECT_EQ(body.at_pointer("/custom_data/contents/0/item_name"), nullptr);
}

}  // namespace
}  // namespace pinrelay::test
