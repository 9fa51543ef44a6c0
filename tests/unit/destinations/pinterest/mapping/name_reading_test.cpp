#include "destinations/pinterest/mapping/name_reading.hpp"

#include "unit/destinations/pinterest/fixture.hpp"

// Names as senders really write them.
namespace pinrelay::test {
namespace {

using pinterest::EventRule;

std::string name_of(const std::string& name, pinterest::Settings with = settings()) {
    const auto result = translate(event(name), std::move(with));
    return result.record() == nullptr ? result.dropped() : result.record()->event_name;
}

std::string drop_message(const std::string& name) {
    const auto result = translate(event(name));
    const auto* drop = std::get_if<destination::Drop>(&result.translation.outcome);
    return drop == nullptr ? "" : drop->message;
}

EventRule renaming(std::string ga4_name, std::string pinterest_name) {
    EventRule rule;
    rule.ga4_name = std::move(ga4_name);
    rule.pinterest_name = std::move(pinterest_name);
    return rule;
}

TEST(NameReading, KnowsGa4NamesInAnyCaseAndWithAnySeparators) {
    const std::vector<std::pair<std::string, std::string>> rows = {
        {"Purchase", "checkout"},
        {"PURCHASE", "checkout"},
        {"Add_To_Cart", "add_to_cart"},
        {"addToCart", "add_to_cart"},
        {"AddToCart", "add_to_cart"},
        {"add-to-cart", "add_to_cart"},
        {"ADD TO CART", "add_to_cart"},
        {"ViewItem", "page_visit"},
        {"viewItemList", "view_category"},
        {"Generate-Lead", "lead"},
        {"SignUp", "signup"},
        {"pageview", "page_visit"},
        {"PageView", "page_visit"},
        {"Page View", "page_visit"},
        {"BeginCheckout", "custom"},
        {"Refund", "not_forwarded"},
        {"REMOVE_FROM_CART", "not_forwarded"},
    };
    for (const auto& [written, sent] : rows) EXPECT_EQ(name_of(written), sent) << written;
}

TEST(NameReading, TakesOffWhatVendorsAdd) {
    const std::vector<std::pair<std::string, std::string>> rows = {
        {"purchase_stape", "checkout"},
        {"add_to_cart_stape", "add_to_cart"},
        {"Purchase_Stape", "checkout"},
        {"page_view_stape", "page_visit"},
        {"view_item_stape", "page_visit"},
        {"view_collection_stape", "view_category"},
        {"search_submitted_stape", "search"},
        {"sign_up_stape", "signup"},
        {"begin_checkout_stape", "custom"},
        {"purchase_stape_webhook", "checkout"},
        {"refund_stape_webhook", "not_forwarded"},
        {"dl_purchase", "checkout"},
        {"dl_add_to_cart", "add_to_cart"},
        {"gtm4wp.orderCompletedEEC", "checkout"},
        {"checkout_completed", "checkout"},
        {"product_added_to_cart", "add_to_cart"},
        {"product_viewed", "page_visit"},
        {"collection_viewed", "view_category"},
        {"payment_info_submitted", "add_payment_info"},
        {"Order Completed", "checkout"},
        {"ProductAdded", "add_to_cart"},
        {"products_searched", "search"},
        {"ecommerce_purchase", "checkout"},
        {"transaction", "checkout"},
        {"gtm4wp.addProductToCartEEC", "add_to_cart"},
    };
    for (const auto& [written, sent] : rows) EXPECT_EQ(name_of(written), sent) << written;
    EXPECT_EQ(name_of("my_quiz_stape"), "unknown_event");
    EXPECT_EQ(name_of("_stape"), "unknown_event");
    EXPECT_EQ(name_of("dl_user_data"), "unknown_event");
}

TEST(NameReading, KnowsTheWordsOfPinterestsTag) {
    for (const auto* name : {"buy", "pay", "payment", "Buy", "Checkout"}) EXPECT_EQ(name_of(name), "checkout") << name;
    for (const auto* name : {"completeregistration", "CompleteRegistration", "complete_registration", "Signup"})
        EXPECT_EQ(name_of(name), "signup") << name;
}

TEST(NameReading, GivesACheckoutTheSumOfItsItems) {
    for (const auto* name : {"Purchase", "purchase_stape", "buy", "AddToCart"}) {
        auto bought = event(name);
        bought.currency = "EUR";
        bought.items = {item("A", "2.5", "2")};
        EXPECT_EQ(translate(bought).at("/custom_data/value"), R"("5")") << name;
    }
}

TEST(NameReading, LeavesTheOperatorsExactNameTheLastWord) {
    auto with = settings();
    with.rules = {renaming("Purchase", "lead"), renaming("purchase_stape", "signup"), renaming("buy", "contact")};

    EXPECT_EQ(name_of("Purchase", with), "lead");
    EXPECT_EQ(name_of("purchase_stape", with), "signup");
    EXPECT_EQ(name_of("buy", with), "contact");
    EXPECT_EQ(name_of("purchase", with), "checkout");
}

TEST(NameReading, HoldsRulesOfTheGa4NameForItsOtherSpellings) {
    auto with = settings();
    with.rules = {renaming("purchase", "lead")};
    EventRule every;
    every.ga4_name = "*";
    every.drop = true;
    with.rules.push_back(every);

    EXPECT_EQ(name_of("Purchase", with), "lead");
    EXPECT_EQ(name_of("purchase_stape", with), "lead");
    EXPECT_EQ(name_of("buy", with), "rule_drop");
}

TEST(NameReading, KeepsCustomEventsThatTheOperatorNamed) {
    auto with = settings();
    with.unknown_events = pinterest::UnknownEvents::Custom;
    auto rule = renaming("payment", "custom");
    rule.custom_name = "PaymentStep";
    with.rules = {rule};

    const auto named = translate(event("payment"), with);
    EXPECT_EQ(named.at("/event_name"), R"("custom")");
    EXPECT_EQ(named.at("/custom_data/content_name"), R"("PaymentStep")");

    EXPECT_EQ(translate(event("my_quiz_stape"), with).at("/custom_data/content_name"), R"("my_quiz_stape")");
}

TEST(NameReading, HoldsThePageViewsSwitchForEverySpelling) {
    auto with = settings();
    with.forward_page_view = false;

    for (const auto* name : {"page_view", "PageView", "pageview", "page_view_stape"})
        EXPECT_EQ(name_of(name, with), "not_forwarded") << name;
    EXPECT_EQ(name_of("page_visit", with), "page_visit");
}

TEST(NameReading, AsksWhetherANearNameIsMeant) {
    EXPECT_EQ(drop_message("purchse"), "no profile or rule knows this event; is purchase meant?");
    EXPECT_EQ(drop_message("add_to_crat"), "no profile or rule knows this event; is add_to_cart meant?");
    EXPECT_EQ(drop_message("purchas_stape"), "no profile or rule knows this event; is purchase meant?");
    EXPECT_EQ(drop_message("newsletter"), "no profile or rule knows this event");
    EXPECT_EQ(drop_message(std::string(5000, 'p')), "no profile or rule knows this event");
}

}  // namespace
}  // namespace pinrelay::test
