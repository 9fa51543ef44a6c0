#include "pinrelay/destinations/pinterest/rule_check.hpp"

#include <algorithm>
#include <utility>

#include "unit/destinations/pinterest/fixture.hpp"

namespace pinrelay::test {
namespace {

using model::Value;
using pinterest::EventRule;
using pinterest::ParameterRule;
using pinterest::RuleFinding;

std::vector<RuleFinding> findings_of(std::vector<EventRule> rules) {
    auto with = settings();
    with.ad_account_id.clear();  // neither id nor token matter
    with.access_token = Secret();
    with.rules = std::move(rules);
    return check_rules(with);
}

// The only finding's part and reason, and whether it is a problem: "problem .name: …". "" for none.
std::string only(const std::vector<RuleFinding>& findings) {
    std::string text;
    for (const auto& finding : findings)
        text += (finding.is_problem ? "problem " : "warning ") + finding.part + ": " + finding.reason;
    return text;
}

EventRule rule_for(std::string ga4_name) {
    EventRule rule;
    rule.ga4_name = std::move(ga4_name);
    rule.pinterest_name = "lead";
    return rule;
}

EventRule named(std::string pinterest_name) {
    EventRule rule = rule_for("purchase");
    rule.pinterest_name = std::move(pinterest_name);
    return rule;
}

EventRule fixed(std::string target, Value value) {
    EventRule rule;
    rule.ga4_name = "purchase";
    rule.parameters = {ParameterRule{std::move(target), {}, model::Document(value)}};
    return rule;
}

Value number(const std::string& text) { return json(text); }

TEST(CheckRules, WarnsOfAMisspeltGa4Name) {
    const std::vector<std::pair<const char*, const char*>> rows = {
        {"purchse", "purchase"},        {"puchase", "purchase"},
        {"purhcase", "purchase"},       {"purchace", "purchase"},
        {"Purchse", "purchase"},        {"ad_to_cart", "add_to_cart"},
        {"add_to_card", "add_to_cart"}, {"begin_chekout", "begin_checkout"},
        {"page_veiw", "page_view"},     {"generate_leads", "generate_lead"},
        {"view_itm", "view_item"},      {"sing_up", "sign_up"},
        {"serach", "search"},           {"add_payement_info", "add_payment_info"},
        {"chekout", "checkout"},
    };
    for (const auto& [name, meant] : rows)
        EXPECT_EQ(only(findings_of({rule_for(name)})),
                  "warning : no sender is known to use this name; is \"" + std::string(meant) + "\" meant?")
            << name;
}

TEST(CheckRules, TakesEveryKnownNameAndOnesThatResembleNothing) {
    for (const char* name :
         {"*",           "purchase",    "scroll",    "gtm.scrollDepth", "Purchase",  "addToCart",         "AddToCart",
          "Add To Cart", "checkout",    "PageVisit", "page_viewed",     "quiz_done", "newsletter_signup", "sign_in",
          "log_out",     "unsubscribe", "Order",     "purchase_stape",  "kauf",      "form_submitted",    "a",
          "lead",        "video_pause"})
        EXPECT_EQ(only(findings_of({rule_for(name)})), "") << name;
}

TEST(CheckRules, WarnsOfANameOutsidePinterestsList) {
    const std::string outside = "warning .name: is not in Pinterest's list of names; ";

    EXPECT_EQ(only(findings_of({named("Checkout")})), outside + "is \"checkout\" meant?");
    EXPECT_EQ(only(findings_of({named("AddToCart")})), outside + "is \"add_to_cart\" meant?");
    EXPECT_EQ(only(findings_of({named("chekout")})), outside + "is \"checkout\" meant?");
    EXPECT_EQ(only(findings_of({named("purchase")})), outside + "is \"checkout\" meant?");
    EXPECT_EQ(only(findings_of({named("generate_lead")})), outside + "is \"lead\" meant?");
    EXPECT_EQ(only(findings_of({named("quiz_done")})),
              outside + "an event of your own is {\"name\": \"custom\", \"custom_name\": …}");
    for (const auto& name : pinterest::standard_event_names()) EXPECT_EQ(only(findings_of({named(name)})), "") << name;
}

TEST(CheckRules, TakesANameOfOnesOwnWhereItTravelsAsTheEventsName) {
    auto with = settings();
    with.custom_name = pinterest::CustomName::EventName;
    with.rules = {named("quiz_done")};

    EXPECT_EQ(only(check_rules(with)), "");
}

TEST(CheckRules, WarnsOfAFixedValueThatItsFieldCannotHold) {
    const std::vector<EventRule> wrong = {
        fixed("custom_data.value", Value("abc")),
        fixed("custom_data.value", Value("-5")),
        fixed("custom_data.value", Value(true)),
        fixed("custom_data.predicted_ltv", Value("much")),
        fixed("custom_data.currency", Value("Euros of mine")),
        fixed("custom_data.num_items", Value("two")),
        fixed("custom_data.num_items", number("1.5")),
        fixed("custom_data.external_measurement_vendor_id", Value("x")),
        fixed("user_data.em", Value("jane.example")),
        fixed("user_data.ph", Value("call me")),
        fixed("user_data.client_ip_address", Value("localhost")),
        fixed("user_data.client_ip_address", Value("10.0.0.1")),
        fixed("user_data.customer_type", Value("vip")),
        fixed("custom_data.contents[].quantity", Value("many")),
        fixed("custom_data.contents[].item_price", Value("-1")),
        fixed("custom_data.contents[].item_brand_id", Value(lasting(std::string(65, 'b')))),
        fixed("device_info.battery_level", number("101")),
        fixed("device_info.form_factor", Value("phone")),
        fixed("opt_out", Value("maybe")),
        fixed("wifi", Value("yes")),
        fixed("custom_data.content_name", Value("")),
        fixed("custom_data.content_name", Value("undefined")),
    };
    for (const auto& rule : wrong) {
        const auto& target = rule.parameters[0].target;
        const auto findings = findings_of({rule});
        ASSERT_EQ(findings.size(), 1u) << target << " " << model::to_json(**rule.parameters[0].constant);
        EXPECT_FALSE(findings[0].is_problem);
        EXPECT_EQ(findings[0].part, ".parameters[\"" + target + "\"]");
        EXPECT_TRUE(findings[0].reason.starts_with("the fixed value does not fit: ")) << findings[0].reason;
        EXPECT_EQ(findings[0].reason.find("jane"), std::string::npos);
    }
}

TEST(CheckRules, TakesAFixedValueThatFits) {
    const std::vector<EventRule> right = {
        fixed("custom_data.value", Value("19.99")),
        fixed("custom_data.value", number("20")),
        fixed("custom_data.currency", Value("EUR")),
        fixed("custom_data.num_items", number("2")),
        fixed("custom_data.num_items", Value("2")),
        fixed("custom_data.content_name", Value("Summer")),
        fixed("custom_data.content_brand", Value("Example")),
        fixed("custom_data.order_id", Value("4711")),
        fixed("custom_data.np", Value("ss-shop")),
        fixed("custom_data.opt_out_type", Value("LDP")),
        fixed("custom_data.predicted_ltv", number("100.5")),
        fixed("custom_data.search_string", Value("shoes")),
        fixed("custom_data.contents[].item_brand", Value("Acme")),
        fixed("custom_data.contents[].item_price", number("5")),
        fixed("custom_data.contents[].quantity", number("2")),
        fixed("custom_data.contents[].id", Value("SKU-2")),
        fixed("user_data.em", Value("john@shop.example")),
        fixed("user_data.ph", Value("+1 206 555 0100")),
        fixed("user_data.external_id", Value("visitor-1")),
        fixed("user_data.country", Value("US")),
        fixed("user_data.ge", Value("f")),
        fixed("user_data.client_ip_address", Value("203.0.113.7")),
        fixed("user_data.partner_id", Value("p-1")),
        fixed("user_data.customer_type", Value("new")),
        fixed("action_source", Value("offline")),
        fixed("event_source_url", Value("https://shop.example/thanks")),
        fixed("event_id", Value("fixed-1")),
        fixed("language", Value("en")),
        fixed("opt_out", Value(true)),
        fixed("wifi", Value("true")),
        fixed("partner_name", Value("ss-shop")),
        fixed("app_info.app_name", Value("Shop")),
        fixed("app_info.window_width", number("640")),
        fixed("device_info.brand", Value("Acme")),
        fixed("device_info.form_factor", Value("tablet")),
        fixed("app_version", Value("1.2")),
    };
    for (const auto& rule : right) EXPECT_EQ(only(findings_of({rule})), "") << rule.parameters[0].target;
}

TEST(CheckRules, SuggestsAKeyOfTheSchema) {
    EXPECT_EQ(only(findings_of({fixed("custom_data.content_nmae", Value("x"))})),
              "problem .parameters[\"custom_data.content_nmae\"]: Pinterest's schema has no such key; is "
              "\"custom_data.content_name\" meant?");
    EXPECT_EQ(only(findings_of({fixed("event_name", Value("x"))})),
              "problem .parameters[\"event_name\"]: cannot be set here: give the rule a \"name\" or a \"custom_name\"");
}

TEST(CheckRules, NamesEveryBadRuleAtOnce) {
    auto dropped = named("lead");
    dropped.drop = true;
    auto several = fixed("custom_data.nothing", Value("x"));
    several.ga4_name = "purchse";
    several.parameters.push_back({"custom_data.value", {}, model::Document(Value("abc"))});
    several.parameters.push_back({"user_data", {}, model::Document(Value("x"))});

    const auto findings = findings_of({dropped, rule_for("purchase"), named("no spaces"), several});

    ASSERT_EQ(findings.size(), 6u) << only(findings);
    EXPECT_EQ(findings[0].rule, 0u);
    EXPECT_EQ(findings[1].rule, 2u);
    EXPECT_EQ(findings[1].part, ".name");
    for (std::size_t i = 2; i < 6; ++i) EXPECT_EQ(findings[i].rule, 3u);
    EXPECT_EQ(std::ranges::count_if(findings, [](const auto& finding) { return finding.is_problem; }), 4);
}

}  // namespace
}  // namespace pinrelay::test
