#include "unit/destinations/pinterest/fixture.hpp"

namespace pinrelay::test {
namespace {

model::Event with_value(std::string_view value, std::optional<std::string_view> currency = "USD") {
    auto bought = event();
    bought.value = value;
    bought.currency = currency;
    return bought;
}

std::string value_of(const model::Event& event) { return translate(event).at("/custom_data/value"); }

TEST(Value, KeepsTheDigitsThatCameIn) {
    EXPECT_EQ(value_of(with_value("39.995")), R"("39.995")");
    EXPECT_EQ(value_of(with_value("40.0")), R"("40")");
    EXPECT_EQ(value_of(with_value("79,99")), R"("79.99")");
    EXPECT_EQ(value_of(with_value("1,299.00")), R"("1299")");
}

TEST(Value, OfZeroStaysZeroAndIsNotReplacedByTheItems) {
    auto bought = with_value("0");
    bought.items = {item("A", "5", "1")};

    EXPECT_EQ(value_of(bought), R"("0")");
}

TEST(Value, ThatIsNegativeOrUnreadableIsLeftOutWithAWarning) {
    for (const char* text : {"-5", "abc", "1,299", "NaN", "Infinity"}) {
        const auto result = translate(with_value(text));
        EXPECT_EQ(result.at("/custom_data"), "") << text;
        if (std::string(text) == "NaN") continue;  // a word for nothing
        EXPECT_EQ(result.warnings(), std::vector<std::string>{"value_invalid custom_data.value"}) << text;
    }
}

TEST(Value, ThatIsAbsentIsTheExactSumOfTheItems) {
    auto bought = event();
    bought.currency = "USD";
    bought.items = {item("A", "0.1", "3"), item("B", "0.05", "02")};

    const auto result = translate(bought);

    EXPECT_EQ(result.at("/custom_data/value"), R"("0.4")");
    EXPECT_EQ(result.warnings(), std::vector<std::string>{"value_from_items custom_data.value"});
}

TEST(Value, ThreeTimesATenthIsThreeTenths) {
    auto bought = event();
    bought.currency = "USD";
    bought.items = {item("A", "0.1", "3")};

    EXPECT_EQ(value_of(bought), R"("0.3")");
}

TEST(Value, IsNotSummedWhenAnItemHasNoPriceOrTheEventIsNoTotal) {
    auto unpriced = event();
    unpriced.currency = "USD";
    unpriced.items = {item("A", "5", "1"), item("B", "undefined", "1")};
    auto list = event("view_item_list");
    list.currency = "USD";
    list.items = {item("A", "5", "1"), item("B", "7", "1")};

    EXPECT_EQ(translate(unpriced).at("/custom_data/value"), "");
    EXPECT_EQ(translate(unpriced).at("/custom_data/currency"), "");
    EXPECT_EQ(translate(list).at("/custom_data/value"), "");
}

TEST(Value, HasNeitherTaxNorShippingAdded) {
    auto bought = with_value("100");
    bought.coupon = "SAVE";
    bought.source = json(R"({"tax":8,"shipping":5,"coupon":"SAVE"})");

    EXPECT_EQ(translate(bought).at("/custom_data"), R"({"currency":"USD","value":"100"})");
}

TEST(Currency, IsUpperCase) { EXPECT_EQ(translate(with_value("1", " usd ")).at("/custom_data/currency"), R"("USD")"); }

TEST(Currency, IsTheFirstItemsThenTheDefaultWhereTheEventHasNone) {
    auto with = settings();
    with.default_currency = "chf";
    auto bought = with_value("1", std::nullopt);
    EXPECT_EQ(translate(bought, with).at("/custom_data/currency"), R"("CHF")");

    bought.items = {item("A", "1", "1"), item("B", "1", "1")};
    bought.items[1].currency = "EUR";
    EXPECT_EQ(translate(bought, with).at("/custom_data/currency"), R"("EUR")");
}

TEST(Currency, ThatIsNoCodeTakesTheValueWithItAndIsNotReplaced) {
    auto with = settings();
    with.default_currency = "USD";
    auto bought = with_value("1", "taler");
    bought.items = {item("undefined", "1", "1")};
    bought.items[0].currency = "CHF";

    const auto result = translate(bought, with);

    EXPECT_EQ(result.at("/custom_data/value"), "");
    EXPECT_EQ(result.at("/custom_data/currency"), "");
    EXPECT_EQ(result.warnings(), (std::vector<std::string>{"item_without_id custom_data.contents.id",
                                                           "currency_invalid custom_data.currency",
                                                           "value_without_currency custom_data.value"}));
}

TEST(Currency, OfAnItemThatIsNoCodeIsNotReplacedEither) {
    auto with = settings();
    with.default_currency = "USD";
    auto bought = with_value("1", std::nullopt);
    bought.items = {item("A", "1", "1"), item("B", "1", "1")};
    bought.items[0].currency = "taler";
    bought.items[1].currency = "CHF";

    EXPECT_EQ(translate(bought, with).at("/custom_data/value"), "");
}

TEST(Currency, ThatIsAbsentTakesTheValueWithItButNotThePrices) {
    auto bought = with_value("10", std::nullopt);
    bought.items = {item("A", "10", "1")};

    const auto result = translate(bought);

    EXPECT_EQ(result.at("/custom_data"),
              R"({"content_ids":["A"],"contents":[{"id":"A","item_price":"10","quantity":1}],"num_items":1})");
    EXPECT_EQ(result.warnings(), std::vector<std::string>{"value_without_currency custom_data.value"});
}

TEST(Currency, IsNotSentAlone) {
    auto visit = event("page_view");
    visit.currency = "USD";

    EXPECT_EQ(translate(visit).at("/custom_data"), "");
}

TEST(Contents, WriteEachFieldInItsType) {
    auto bought = event();
    model::Item line = item("7", "39.990", "2.0");
    line.name = "Blue shirt";
    line.category = "Shirts";
    line.brand = "Acme";
    line.variant = "L";
    bought.items = {line};

    EXPECT_EQ(translate(bought).at("/custom_data/contents"),
              R"([{"id":"7","item_name":"Blue shirt","item_category":"Shirts","item_brand":"Acme",)"
              R"("item_price":"39.99","quantity":2}])");
}

TEST(Contents, LeaveOutAPriceThatIsNone) {
    for (const char* price : {"undefined", "NaN", "", "-3", "free"}) {
        auto bought = event();
        bought.items = {item("A", price, "1")};
        EXPECT_EQ(translate(bought).at("/custom_data/contents"), R"([{"id":"A","quantity":1}])") << price;
    }
}

TEST(Contents, WarnOfAPriceThatCannotBeReadButNotOfAnAbsentOne) {
    auto bought = event();
    bought.items = {item("A", "free", "1"), item("B", "gratis", "1"), item("C", "undefined", "1")};

    EXPECT_EQ(translate(bought).warnings(),
              std::vector<std::string>{"item_price_invalid custom_data.contents.item_price"});
}

TEST(Contents, TakeOneForAQuantityThatIsNoWholeNumber) {
    for (const char* quantity : {"1.5", "-1", "two", "99999999999999999999"}) {
        auto bought = event();
        bought.items = {item("A", "1", quantity)};
        const auto result = translate(bought);
        EXPECT_EQ(result.at("/custom_data/num_items"), "1") << quantity;
        EXPECT_EQ(result.warnings().front(), "quantity_invalid custom_data.contents.quantity") << quantity;
    }
}

TEST(Contents, AddQuantitiesThatCameAsText) {
    auto bought = event();
    bought.items = {item("A", "1", "2"), item("B", "1", "1")};
    bought.items.push_back({});
    bought.items.back().id = "C";
    EXPECT_EQ(translate(bought).at("/custom_data/num_items"), "4");

    auto with = settings();
    with.num_items = pinterest::NumItems::Lines;
    EXPECT_EQ(translate(bought, with).at("/custom_data/num_items"), "3");
}

TEST(Contents, UseTheNameForAMissingIdAndLeaveOutWhatHasNeither) {
    auto bought = event();
    bought.items = {item("A", "1", "1"), item("undefined", "2", "1"), item("null", "3", "1")};
    bought.items[1].name = "Blue shirt";

    const auto result = translate(bought);

    EXPECT_EQ(result.at("/custom_data/content_ids"), R"(["A","Blue shirt"])");
    EXPECT_EQ(result.at("/custom_data/contents/1/id"), R"("Blue shirt")");
    EXPECT_EQ(result.at("/custom_data/contents/2"), "");
    EXPECT_EQ(result.at("/custom_data/num_items"), "3");
    EXPECT_EQ(result.warnings().front(), "item_without_id custom_data.contents.id");
}

TEST(Contents, AreAbsentWithoutItems) { EXPECT_EQ(translate(event()).at("/custom_data"), ""); }

TEST(CustomData, CarriesOrderSearchAndContentFields) {
    auto bought = event();
    bought.transaction_id = " ORDER-1 ";
    bought.search_term = "boots";
    bought.content_name = "n";
    bought.content_category = "c";
    bought.content_brand = "b";
    bought.predicted_ltv = "120.50";

    EXPECT_EQ(translate(bought).at("/custom_data"),
              R"({"order_id":"ORDER-1","search_string":"boots","content_name":"n","content_category":"c",)"
              R"("content_brand":"b","predicted_ltv":"120.5"})");
}

TEST(CustomData, CarriesTheListsNameAsCategory) {
    auto list = event("view_item_list");
    list.items = {item("A", "1", "1")};
    list.items[0].category = "Shirts";
    EXPECT_EQ(translate(list).at("/custom_data/content_category"), R"("Shirts")");

    list.items[0].list_name = "Sale";
    EXPECT_EQ(translate(list).at("/custom_data/content_category"), R"("Sale")");

    list.item_list_name = "Summer";
    EXPECT_EQ(translate(list).at("/custom_data/content_category"), R"("Summer")");

    auto cart = event("add_to_cart");
    cart.item_list_name = "Summer";
    EXPECT_EQ(translate(cart).at("/custom_data/content_category"), "");
}

TEST(CustomData, CarriesNoOptOutTypeButLdp) {
    auto bought = event();
    bought.opt_out_type = "xyz, ldp";
    EXPECT_EQ(translate(bought).at("/custom_data/opt_out_type"), R"("LDP")");

    bought.opt_out_type = "xyz";
    EXPECT_EQ(translate(bought).at("/custom_data"), "");
    EXPECT_EQ(translate(bought).warnings(), std::vector<std::string>{"field_invalid custom_data.opt_out_type"});
}

TEST(CustomData, LeavesOutAPredictedValueThatIsNoNumber) {
    auto bought = event();
    bought.predicted_ltv = "high";

    EXPECT_EQ(translate(bought).warnings(), std::vector<std::string>{"value_invalid custom_data.predicted_ltv"});
}

}  // namespace
}  // namespace pinrelay::test
