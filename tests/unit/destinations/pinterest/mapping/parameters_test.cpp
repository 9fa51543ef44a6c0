#include <stdexcept>

#include "pinrelay/identity/digest.hpp"
#include "unit/destinations/pinterest/fixture.hpp"

namespace pinrelay::test {
namespace {

using model::Value;
using pinterest::EventRule;
using pinterest::ParameterRule;

ParameterRule from(std::string target, std::string pointer) { return {std::move(target), std::move(pointer), {}}; }
ParameterRule constant(std::string target, Value value) { return {std::move(target), {}, model::Document(value)}; }

EventRule rule(std::string ga4_name, std::vector<ParameterRule> parameters) {
    EventRule rule;
    rule.ga4_name = std::move(ga4_name);
    rule.parameters = std::move(parameters);
    return rule;
}

Translated translate_with(model::Event event, std::vector<EventRule> rules, const std::string& source = "{}") {
    auto with = settings();
    with.rules = std::move(rules);
    event.source = json(source);
    return translate(event, with);
}

std::string refusal_of(ParameterRule parameter) {
    auto with = settings();
    with.rules = {rule("purchase", {std::move(parameter)})};
    try {
        pinterest::make_pinterest(std::move(with));
    } catch (const std::invalid_argument& error) {
        return error.what();
    }
    return "";
}

TEST(Parameters, AreReadFromTheEventAsItArrived) {
    const auto result = translate_with(event(), {rule("purchase", {from("custom_data.content_brand", "/shop/brand")})},
                                       R"({"shop":{"brand":"Acme"}})");

    EXPECT_EQ(result.at("/custom_data/content_brand"), R"("Acme")");
}

TEST(Parameters, CanBeConstants) {
    const auto result = translate_with(
        event(), {rule("purchase", {constant("opt_out", Value(true)), constant("custom_data.np", Value("ss-acme"))})});

    EXPECT_EQ(result.at("/opt_out"), "true");
    EXPECT_EQ(result.at("/custom_data/np"), R"("ss-acme")");
}

TEST(Parameters, LeaveTheEventAsItIsWhereThePlaceHoldsNothing) {
    auto bought = event();
    bought.search_term = "shoes";
    const std::vector<EventRule> rules = {rule("purchase", {from("custom_data.search_string", "/q")})};

    for (const char* source : {"{}", R"({"q":null})", R"({"q":"undefined"})", R"({"q":[]})"}) {
        const auto result = translate_with(bought, rules, source);
        EXPECT_EQ(result.at("/custom_data/search_string"), R"("shoes")") << source;
        EXPECT_TRUE(result.warnings().empty()) << source;
    }
}

TEST(Parameters, ThatNamePeopleAreHashedLikeAnyOther) {
    const auto result = translate_with(
        event(), {rule("*", {from("user_data.em", "/mails"), from("user_data.external_id", "/customer/no")})},
        R"({"mails":[" User@Example.COM ", "bob@example.com"],"customer":{"no":1234}})");

    EXPECT_EQ(result.at("/user_data/em"), R"(["b4c9a289323b21a01c3e940f150eb9b8c542587f1abfd8f0e1cc1ffc5e475514",)"
                                          R"("5ff860bf1190596c7188ab851db691f0f3169c453936e9e1eba2f9a47f7a0018"])");
    EXPECT_EQ(result.at("/user_data/external_id"), "[\"" + identity::sha256_hex("1234") + "\"]");
    EXPECT_EQ(result.record()->body.find("xample.com"), std::string::npos);
}

TEST(Parameters, OfMoneyStayExact) {
    const auto result = translate_with(
        event(),
        {rule("purchase", {from("custom_data.value", "/net"), constant("custom_data.currency", Value("eur"))})},
        R"({"net":39.995})");

    EXPECT_EQ(result.at("/custom_data/value"), R"("39.995")");
    EXPECT_EQ(result.at("/custom_data/currency"), R"("EUR")");
}

TEST(Parameters, AreConvertedToTheTargetsType) {
    const auto result = translate_with(event(),
                                       {rule("purchase", {from("custom_data.num_items", "/n"), from("wifi", "/wifi"),
                                                          from("custom_data.content_ids", "/ids"),
                                                          from("custom_data.external_measurement_id", "/n")})},
                                       R"({"n":"3.0","wifi":"true","ids":["A",7]})");

    EXPECT_EQ(result.at("/custom_data/num_items"), "3");
    EXPECT_EQ(result.at("/custom_data/external_measurement_id"), R"("3.0")");
    EXPECT_EQ(result.at("/wifi"), "true");
    EXPECT_EQ(result.at("/custom_data/content_ids"), R"(["A","7"])");
}

TEST(Parameters, ThatDoNotFitAreLeftOutWithAWarning) {
    const auto result = translate_with(
        event(),
        {rule("purchase", {from("custom_data.num_items", "/n"), from("device_info.battery_level", "/battery"),
                           from("custom_data.contents", "/lines"), from("custom_data.order_id", "/object")})},
        R"({"n":"three","battery":101,"lines":[{"id":"A","colour":"red"}],"object":{}})");

    EXPECT_EQ(result.warnings(),
              (std::vector<std::string>{
                  "parameter_unusable custom_data.order_id", "parameter_unusable custom_data.contents",
                  "parameter_unusable custom_data.num_items", "parameter_unusable device_info.battery_level"}));
    EXPECT_EQ(result.at("/custom_data"), "");
}

TEST(Parameters, OfTheVeryNameHaveTheLastWordOverThoseForAll) {
    const auto result =
        translate_with(event(), {rule("purchase", {constant("custom_data.content_brand", Value("own"))}),
                                 rule("*", {constant("custom_data.content_brand", Value("all")),
                                            constant("custom_data.content_category", Value("all"))})});

    EXPECT_EQ(result.at("/custom_data/content_brand"), R"("own")");
    EXPECT_EQ(result.at("/custom_data/content_category"), R"("all")");
}

TEST(Parameters, HaveTheLastWordOverTheNameOfACustomEvent) {
    const auto result = translate_with(event("begin_checkout"),
                                       {rule("begin_checkout", {constant("custom_data.content_name", Value("Mine"))})});

    EXPECT_EQ(result.at("/event_name"), R"("custom")");
    EXPECT_EQ(result.at("/custom_data/content_name"), R"("Mine")");
}

TEST(Parameters, LeaveTheNameOfACustomEventWhenTheyAreAboutSomethingElse) {
    const auto result =
        translate_with(event("begin_checkout"), {rule("*", {constant("custom_data.content_brand", Value("Acme"))})});

    EXPECT_EQ(result.at("/custom_data/content_name"), R"("BeginCheckout")");
}

TEST(Parameters, WithATargetThatTheSchemaDoesNotKnowAreRefusedByName) {
    EXPECT_EQ(refusal_of(constant("custom_data.coupon", Value("X"))),
              "rule for event \"purchase\": parameters[\"custom_data.coupon\"]: Pinterest's schema has no such key");
    for (const char* target : {"", "custom_data.", ".value", "custom_data.value.x", "event_source_url.x"})
        EXPECT_NE(refusal_of(constant(target, Value("X"))), "") << target;
}

TEST(Parameters, ThatCannotWorkAreRefused) {
    EXPECT_NE(refusal_of(constant("custom_data", Value("X"))), "");
    EXPECT_NE(refusal_of(constant("event_name", Value("X"))), "");
    EXPECT_NE(refusal_of(constant("event_time", Value("1"))), "");
    EXPECT_NE(refusal_of(from("language", "no-slash")), "");
    EXPECT_NE(refusal_of({"language", {}, {}}), "");
    EXPECT_NE(refusal_of({"language", "/a", model::Document(Value("b"))}), "");
    EXPECT_EQ(refusal_of(from("language", "/lang")), "");
}

}  // namespace
}  // namespace pinrelay::test
