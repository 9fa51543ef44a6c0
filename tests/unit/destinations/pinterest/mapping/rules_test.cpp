#include <stdexcept>

#include "unit/destinations/pinterest/fixture.hpp"

namespace pinrelay::test {
namespace {

using pinterest::EventRule;

EventRule rule(std::string ga4_name) {
    EventRule rule;
    rule.ga4_name = std::move(ga4_name);
    return rule;
}

Translated translate_with(const std::string& name, std::vector<EventRule> rules) {
    auto with = settings();
    with.rules = std::move(rules);
    return translate(event(name), with);
}

std::string refusal_of(std::vector<EventRule> rules) {
    auto with = settings();
    with.rules = std::move(rules);
    try {
        pinterest::make_pinterest(std::move(with));
    } catch (const std::invalid_argument& error) {
        return error.what();
    }
    return "";
}

TEST(Rules, RenameAnEvent) {
    auto rename = rule("view_item");
    rename.pinterest_name = "view_content";

    EXPECT_EQ(translate_with("view_item", {rename}).record()->event_name, "view_content");
}

TEST(Rules, SendAnEventThatTheProfileKeepsBack) {
    auto forward = rule("scroll");
    forward.pinterest_name = "My-Scroll_2";

    EXPECT_EQ(translate_with("scroll", {forward}).record()->event_name, "My-Scroll_2");
}

TEST(Rules, DropAnEvent) {
    auto drop = rule("purchase");
    drop.drop = true;

    EXPECT_EQ(translate_with("purchase", {drop}).dropped(), "rule_drop");
    EXPECT_EQ(translate_with("add_to_cart", {drop}).dropped(), "");
}

TEST(Rules, GiveACustomEventItsName) {
    auto custom = rule("login");
    custom.custom_name = "LoggedIn";

    const auto result = translate_with("login", {custom});

    EXPECT_EQ(result.at("/event_name"), R"("custom")");
    EXPECT_EQ(result.at("/custom_data/content_name"), R"("LoggedIn")");
}

TEST(Rules, ACustomEventWithoutNameCarriesTheTablesNameElseItsOwn) {
    auto cart = rule("view_cart");
    cart.pinterest_name = "custom";
    auto login = rule("login");
    login.pinterest_name = "custom";

    EXPECT_EQ(translate_with("view_cart", {cart}).at("/custom_data/content_name"), R"("ViewCart")");
    EXPECT_EQ(translate_with("login", {login}).at("/custom_data/content_name"), R"("login")");
}

TEST(Rules, TheRuleOfTheVeryNameDecidesOverTheOneForAll) {
    auto all = rule("*");
    all.drop = true;
    auto purchase = rule("purchase");
    purchase.pinterest_name = "checkout";

    EXPECT_EQ(translate_with("purchase", {all, purchase}).record()->event_name, "checkout");
    EXPECT_EQ(translate_with("add_to_cart", {all, purchase}).dropped(), "rule_drop");
}

TEST(Rules, ThatCannotWorkAreRefusedWithASentence) {
    auto twice = rule("purchase");
    auto both = rule("a");
    both.drop = true;
    both.pinterest_name = "lead";
    auto bad_name = rule("b");
    bad_name.pinterest_name = "no spaces";
    auto bad_custom = rule("c");
    bad_custom.pinterest_name = "lead";
    bad_custom.custom_name = "X";

    EXPECT_EQ(refusal_of({twice, twice}), "rule for event \"purchase\": there are two of them");
    EXPECT_EQ(refusal_of({both}), "rule for event \"a\": it both drops the event and names it");
    EXPECT_EQ(refusal_of({bad_name}),
              "rule for event \"b\": name: \"no spaces\" is no event name (1 to 100 letters, digits, '_' and '-')");
    EXPECT_EQ(refusal_of({bad_custom}), "rule for event \"c\": custom_name: goes with \"name\": \"custom\" only");
    EXPECT_EQ(refusal_of({rule("")}), "rule for event \"\": the GA4 name is empty");
}

}  // namespace
}  // namespace pinrelay::test
