#include <functional>

#include "unit/destinations/pinterest/fixture.hpp"

// A dead letter before it is replayed: judged once more under the settings of today.
namespace pinrelay::test {
namespace {

using namespace std::chrono_literals;
using pinterest::EventRule;
using pinterest::ParameterRule;

// What translate made of the event under the usual settings.
model::Record stored(const model::Event& event) { return *translate(event).record(); }

Translated again(const model::Record& record, pinterest::Settings settings = test::settings(), Time now = received) {
    Translated result{pinterest::make_pinterest(std::move(settings))->translate_again(record, now), {}};
    if (const auto* made = result.record()) result.body = json(made->body);
    return result;
}

EventRule rule(const std::string& name, const std::function<void(EventRule&)>& change) {
    EventRule rule;
    rule.ga4_name = name;
    change(rule);
    return rule;
}

pinterest::Settings with(std::vector<EventRule> rules) {
    pinterest::Settings changed = settings();
    changed.rules = std::move(rules);
    return changed;
}

EventRule constant(const std::string& name, const std::string& target, model::Value value) {
    return rule(name, [&](EventRule& rule) { rule.parameters = {{target, std::nullopt, model::Document(value)}}; });
}

model::Event rich_purchase() {
    auto bought = event("purchase");
    bought.value = "79.90";
    bought.currency = "EUR";
    bought.content_name = "A shirt";
    bought.items = {item("SKU-1", "79.90", "1")};
    bought.page_location = "https://shop.example/thanks?epik=abc";
    return bought;
}

TEST(TranslateAgain, ChangesNothingUnderTheSameSettings) {
    for (const char* name : {"purchase", "begin_checkout", "view_item", "search", "sign_up"}) {
        auto sent = rich_purchase();
        sent.name = name;
        const auto record = stored(sent);

        const auto result = again(record);

        ASSERT_NE(result.record(), nullptr) << name;
        EXPECT_TRUE(*result.record() == record) << result.record()->body;
        EXPECT_TRUE(result.warnings().empty()) << name;
    }
}

TEST(TranslateAgain, KeepsIdAndTimeUnderTheIdOfARule) {
    const auto record = stored(rich_purchase());

    const auto result = again(record, with({constant("purchase", "event_id", model::Value("another"))}), received + 2h);

    ASSERT_NE(result.record(), nullptr);
    EXPECT_EQ(result.record()->event_id, record.event_id);
    EXPECT_EQ(result.record()->event_time, record.event_time);
    EXPECT_EQ(result.at("/event_id"), "\"id-1\"");
}

TEST(TranslateAgain, RenamesByTodaysRule) {
    const auto record = stored(rich_purchase());

    const auto result = again(record, with({rule("purchase", [](EventRule& rule) { rule.pinterest_name = "lead"; })}));

    EXPECT_EQ(result.at("/event_name"), "\"lead\"");
    EXPECT_EQ(result.record()->event_name, "lead");
    EXPECT_EQ(result.record()->event_label, "lead");
    EXPECT_EQ(result.record()->source_name, "purchase");
    EXPECT_EQ(result.at("/custom_data/content_name"), "\"A shirt\"");
}

TEST(TranslateAgain, CountsANameOfTheOperatorsOwnAsOther) {
    const auto result = again(stored(rich_purchase()),
                              with({rule("purchase", [](EventRule& rule) { rule.pinterest_name = "bought_it"; })}));

    EXPECT_EQ(result.record()->event_label, "other");
}

TEST(TranslateAgain, NamesByTodaysProfile) {
    auto extended = settings();
    extended.profile = pinterest::Profile::Extended;
    const auto record = stored(event("begin_checkout"));

    const auto result = again(record, extended);

    EXPECT_EQ(record.event_name, "custom");
    EXPECT_EQ(result.at("/event_name"), "\"initiate_checkout\"");
    EXPECT_EQ(result.at("/custom_data/content_name"), "");  // that was the name of the custom event
}

TEST(TranslateAgain, GivesACustomEventItsNameOfToday) {
    const auto result = again(stored(event("begin_checkout")),
                              with({rule("begin_checkout", [](EventRule& rule) { rule.custom_name = "Till"; })}));

    EXPECT_EQ(result.at("/event_name"), "\"custom\"");
    EXPECT_EQ(result.at("/custom_data/content_name"), "\"Till\"");
}

TEST(TranslateAgain, LeavesTheContentNameToAParameter) {
    const auto record = stored(rich_purchase());
    auto custom = rule("purchase", [](EventRule& rule) { rule.custom_name = "Bought"; });
    custom.parameters = {{"custom_data.content_name", "/title", std::nullopt}};
    auto fixed = custom;
    fixed.parameters = {{"custom_data.content_name", std::nullopt, model::Document(model::Value("Fixed"))}};

    EXPECT_EQ(again(record, with({custom})).at("/custom_data/content_name"), "\"A shirt\"");
    EXPECT_EQ(again(record, with({fixed})).at("/custom_data/content_name"), "\"Fixed\"");
}

TEST(TranslateAgain, DropsWhatTodaysRulesAndProfileDrop) {
    auto quiet = settings();
    quiet.forward_page_view = false;

    EXPECT_EQ(
        again(stored(event("purchase")), with({rule("purchase", [](EventRule& rule) { rule.drop = true; })})).dropped(),
        "rule_drop");
    EXPECT_EQ(again(stored(event("page_view")), quiet).dropped(), "not_forwarded");
}

TEST(TranslateAgain, KeepsTheNameWhereItIsNotKnownHowTheEventCame) {
    auto record = stored(event("purchase"));
    record.source_name.clear();

    const auto result = again(record, with({rule("*", [](EventRule& rule) { rule.drop = true; })}));

    EXPECT_EQ(result.at("/event_name"), "\"checkout\"");
}

TEST(TranslateAgain, LetsAnAppsEventThroughOnceMore) {
    auto bought = event("in_app_purchase");
    bought.app_instance_id = "i";  // of which the record tells nothing

    EXPECT_EQ(again(stored(bought)).dropped(), "");
}

TEST(TranslateAgain, SetsConstantsAsTheyWouldHaveBeen) {
    auto parameters = rule("purchase", [](EventRule& rule) {
        rule.parameters = {
            {"user_data.em", std::nullopt, model::Document(model::Value(" Jane@Example.com "))},
            {"custom_data.currency", std::nullopt, model::Document(model::Value("usd"))},
            {"custom_data.np", std::nullopt, model::Document(model::Value("partner"))},
            {"language", std::nullopt, model::Document(model::Value("de-AT"))},
        };
    });
    auto translated_with = settings();
    translated_with.rules = {parameters};

    const auto result = again(stored(rich_purchase()), with({parameters}));
    const auto wanted = translate(rich_purchase(), translated_with);

    for (const char* at : {"/user_data/em", "/custom_data/currency", "/custom_data/value", "/custom_data/np",
                           "/language", "/user_data/client_ip_address"}) {
        EXPECT_EQ(result.at(at), wanted.at(at)) << at;
        EXPECT_NE(result.at(at), "") << at;
    }
    EXPECT_TRUE(result.warnings().empty());
}

TEST(TranslateAgain, KeepsLimitedDataProcessingAlsoForConstants) {
    auto bought = rich_purchase();
    bought.user_data.regions = {"CA"};
    bought.user_data.countries = {"US"};
    bought.consent.sale_opt_out = true;
    const auto moved = with({constant("purchase", "user_data.country", model::Value("CA"))});

    const auto same = again(stored(bought));
    const auto changed = again(stored(bought), moved);

    EXPECT_TRUE(*same.record() == stored(bought));
    EXPECT_EQ(changed.at("/user_data/country"), translate(bought, moved).at("/user_data/country"));
    EXPECT_EQ(changed.at("/user_data/st"), translate(bought).at("/user_data/st"));
    EXPECT_EQ(changed.at("/custom_data/opt_out_type"), R"("LDP")");
}

TEST(TranslateAgain, LeavesWhatAPointerHadTaken) {
    auto first = constant("*", "custom_data.content_brand", model::Value("ours"));
    auto own = rule("purchase", [](EventRule& rule) {
        rule.parameters = {{"custom_data.content_brand", "/brand", std::nullopt}};
    });
    auto bought = rich_purchase();
    bought.content_brand = "theirs";

    EXPECT_EQ(again(stored(bought), with({first, own})).at("/custom_data/content_brand"), "\"theirs\"");
    EXPECT_EQ(again(stored(bought), with({first})).at("/custom_data/content_brand"), "\"ours\"");
}

TEST(TranslateAgain, MakesAnOfflineEventOneThatIsNotFolded) {
    const auto result =
        again(stored(event("purchase")), with({constant("purchase", "action_source", model::Value("offline"))}));

    EXPECT_EQ(result.at("/action_source"), "\"offline\"");
    EXPECT_FALSE(result.record()->deduplicated);
}

TEST(TranslateAgain, LeavesOutKeysThatTheSchemaDoesNotKnowAtEveryLevel) {
    auto record = stored(rich_purchase());
    record.body =
        R"({"event_name":"checkout","action_source":"web","event_time":1713571230,"event_id":"id-1",)"
        R"("coupon":"X","user_data":{"client_ip_address":"203.0.113.45","client_user_agent":"M","hobby":"x"},)"
        R"("custom_data":{"contents":[{"id":"A","colour":"red"},{"id":"B"}]}})";

    const auto result = again(record);

    EXPECT_EQ(result.record()->body,
              R"({"event_name":"checkout","action_source":"web","event_time":1713571230,"event_id":"id-1",)"
              R"("user_data":{"client_ip_address":"203.0.113.45","client_user_agent":"M"},)"
              R"("custom_data":{"contents":[{"id":"A"},{"id":"B"}]}})");
    EXPECT_EQ(result.warnings(), (std::vector<std::string>{"field_invalid coupon", "field_invalid user_data.hobby",
                                                           "field_invalid custom_data.contents.colour"}));
}

TEST(TranslateAgain, IsJudgedByTheGate) {
    auto record = stored(event("purchase"));
    auto without_keys = record;
    without_keys.body = R"({"event_name":"checkout","action_source":"web","event_time":1713571230,"event_id":"id-1",)"
                        R"("user_data":{"click_id":"c"}})";
    auto broken = record;
    broken.body = "[1]";
    auto damaged = record;
    damaged.body = R"({"event_name":)";
    auto odd = record;
    odd.body = R"({"event_name":"checkout","action_source":"web","event_time":1713571230,"event_id":"id-1",)"
               R"("user_data":7,"custom_data":"text"})";

    EXPECT_EQ(again(without_keys).dropped(), "no_match_keys");
    EXPECT_EQ(again(broken).dropped(), "schema");
    EXPECT_EQ(again(damaged).dropped(), "schema");
    EXPECT_EQ(again(odd, with({constant("purchase", "custom_data.np", model::Value("x"))})).dropped(), "schema");
}

TEST(TranslateAgain, DropsWhatIsOlderThanSevenDaysByNow) {
    const auto record = stored(event("purchase"));

    EXPECT_EQ(again(record, settings(), record.event_time + 7 * 24h).dropped(), "");
    EXPECT_EQ(again(record, settings(), record.event_time + 7 * 24h + 1s).dropped(), "too_old");
}

TEST(TranslateAgain, DropsWhatIsLateByNowWhereThatIsAskedForButNoOfflineEvent) {
    auto strict = settings();
    strict.late_policy = pinterest::LatePolicy::Drop;
    const auto record = stored(event("purchase"));
    auto in_the_shop = event("purchase");
    in_the_shop.action_source = "offline";

    EXPECT_EQ(again(record, strict, record.event_time + 1h).dropped(), "");
    EXPECT_EQ(again(record, strict, record.event_time + 61min).dropped(), "late");
    EXPECT_EQ(again(record, settings(), record.event_time + 61min).dropped(), "");
    EXPECT_EQ(again(stored(in_the_shop), strict, record.event_time + 61min).dropped(), "");
}

TEST(TranslateAgain, KeepsNoMoreOfTheAddressThanIsAllowedToday) {
    auto bought = event("purchase");
    bought.user_data.emails = {"jane@example.com"};
    auto less = settings();
    less.client_ip = pinterest::ClientIp::Truncated;
    auto nothing = settings();
    nothing.client_ip = pinterest::ClientIp::None;

    EXPECT_EQ(again(stored(bought), less).at("/user_data/client_ip_address"), R"("203.0.113.0")");
    EXPECT_EQ(again(stored(bought), nothing).at("/user_data/client_ip_address"), "");
}

}  // namespace
}  // namespace pinrelay::test
