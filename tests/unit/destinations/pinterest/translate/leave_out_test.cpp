#include "unit/destinations/pinterest/fixture.hpp"

// One part that Pinterest would refuse does not cost the event.
namespace pinrelay::test {
namespace {

using pinterest::EventRule;
using pinterest::ParameterRule;

Translated translate_by_rule(model::Event event, const std::string& target, const std::string& json) {
    EventRule rule;
    rule.ga4_name = "*";
    rule.parameters = {ParameterRule{target, "/it", {}}};
    auto with = settings();
    with.rules = {rule};
    event.source = test::json("{\"it\":" + json + "}");
    return translate(event, with);
}

std::string list_of(std::size_t count, const std::string& one) {
    std::string list;
    for (std::size_t i = 0; i < count; ++i) list += (list.empty() ? "" : ",") + one;
    return "[" + list + "]";
}

TEST(LeaveOut, TakesAnItemsTextThatIsTooLong) {
    auto bought = event();
    bought.items = {item("A", "1", "1"), item("B", "1", "1")};
    bought.items[0].brand_id = lasting(std::string(64, 'b'));
    bought.items[1].brand_id = lasting(std::string(65, 'b'));

    const auto result = translate(bought);

    EXPECT_EQ(result.at("/custom_data/contents/0/item_brand_id"), '"' + std::string(64, 'b') + '"');
    EXPECT_EQ(result.at("/custom_data/contents/1"), R"({"id":"B","item_price":"1","quantity":1})");
    EXPECT_NE(result.message_of("field_too_long"), "");
}

TEST(LeaveOut, KnowsTheSchemaOf2026) {
    for (const auto* key :
         {"storage_size", "storage_free_space", "external_storage_size", "external_storage_free_space"}) {
        const std::string target = std::string("device_info.") + key;
        EXPECT_EQ(translate_by_rule(event(), target, "1048576").at("/device_info/" + std::string(key)), "1048576");
        EXPECT_EQ(translate_by_rule(event(), target, "1048577").warnings(),
                  std::vector<std::string>{"parameter_unusable " + target});
        EXPECT_EQ(translate_by_rule(event(), target, "-1").at("/device_info"), "");
    }
    EXPECT_NE(
        translate_by_rule(event(), "device_info.languages", list_of(100, "\"en\"")).at("/device_info/languages/99"),
        "");
    const auto more = translate_by_rule(event(), "device_info.languages", list_of(101, "\"en\""));
    ASSERT_NE(more.record(), nullptr);
    EXPECT_EQ(more.at("/device_info"), "");
    EXPECT_EQ(more.warnings(), std::vector<std::string>{"parameter_unusable device_info.languages"});
}

TEST(LeaveOut, TakesTheTrackingChoiceOfAppsOnly) {
    auto opened = event();
    opened.device.advertiser_tracking_enabled = false;
    EXPECT_EQ(translate(opened).at("/advertiser_tracking_enabled"), "");

    opened.action_source = "app_ios";
    EXPECT_EQ(translate(opened).at("/advertiser_tracking_enabled"), "false");

    auto with = settings();
    with.advertiser_tracking = false;
    EXPECT_EQ(translate(opened, with).at("/advertiser_tracking_enabled"), "");
}

TEST(LeaveOut, RefusesAListOfARuleThatDoesNotFitAndSendsTheRest) {
    const auto result = translate_by_rule(
        event(), "custom_data.contents",
        R"([{"id":"A","quantity":1.5,"colour":"red"},5,{"colour":"blue"},{"id":"","item_price":"1"}])");

    ASSERT_NE(result.record(), nullptr);
    EXPECT_EQ(result.at("/custom_data"), "");
    EXPECT_EQ(result.warnings(), std::vector<std::string>{"parameter_unusable custom_data.contents"});
}

TEST(LeaveOut, RepairsAStoredEventOfAnotherVersion) {
    auto with = settings();
    const auto destination = pinterest::make_pinterest(std::move(with));
    auto record = *translate(event()).record();
    record.body =
        R"({"event_name":"checkout","action_source":"web","event_time":1713571230,"event_id":"id-1",)"
        R"("language":"english","opt_out":"yes","wifi":true,)"
        R"("user_data":{"em":["x"],"client_ip_address":"203.0.113.45","client_user_agent":"M","customer_type":"VIP"},)"
        R"("custom_data":{"value":"-1","num_items":"3","content_ids":["A",5,""],"contents":[{"id":"A","quantity":1.5},5,{"colour":"x"}],)"
        R"("search_string":{}},"device_info":{"battery_level":101}})";

    const auto again = destination->translate_again(record, received);

    ASSERT_TRUE(std::holds_alternative<model::Record>(again.outcome));
    EXPECT_EQ(std::get<model::Record>(again.outcome).body,
              R"({"event_name":"checkout","action_source":"web","event_time":1713571230,"event_id":"id-1","wifi":true,)"
              R"("user_data":{"client_ip_address":"203.0.113.45","client_user_agent":"M"},)"
              R"("custom_data":{"content_ids":["A"],"contents":[{"id":"A"}]}})");
    EXPECT_GE(again.warnings.size(), 8U);
}

TEST(Fit, CutsLongTextsInsteadOfDroppingTheEvent) {
    auto bought = event();
    bought.transaction_id = "T1";
    bought.search_term = lasting(std::string(300'000, 'x'));
    bought.content_name = "kept";

    const auto result = translate(bought);

    ASSERT_NE(result.record(), nullptr);
    EXPECT_EQ(result.at("/custom_data"), R"({"order_id":"T1","content_name":"kept"})");
    EXPECT_EQ(result.warnings(), std::vector<std::string>{"field_too_long custom_data.search_string"});
}

TEST(Fit, LeavesNoEmptyObjectAndIsReplayedAsItIs) {
    auto search = event("search");
    search.search_term = lasting(std::string(300'000, 'x'));
    const auto result = translate(search);
    ASSERT_NE(result.record(), nullptr);
    EXPECT_EQ(result.at("/custom_data"), "");

    const auto again = pinterest::make_pinterest(settings())->translate_again(*result.record(), received);

    ASSERT_TRUE(std::holds_alternative<model::Record>(again.outcome));
    EXPECT_EQ(std::get<model::Record>(again.outcome).body, result.record()->body);
    EXPECT_TRUE(again.warnings.empty());
}

TEST(Fit, KeepsThePageOfALongUrlAndTheBeginningOfAUserAgent) {
    auto visit = event("page_view");
    visit.page_location = lasting("https://e.com/a?q=" + std::string(250'000, 'x'));
    EXPECT_EQ(translate(visit).at("/event_source_url"), R"("https://e.com/a")");

    visit.page_location = lasting("https://e.com/" + std::string(250'000, 'x'));
    EXPECT_EQ(translate(visit).at("/event_source_url"), "");

    auto agent = event("page_view");
    agent.user_agent = lasting(std::string(250'000, 'x'));
    EXPECT_EQ(translate(agent).at("/user_data/client_user_agent"), '"' + std::string(512, 'x') + '"');
}

TEST(Fit, CutsLongLists) {
    const std::string languages = list_of(100, '"' + std::string(3'000, 'x') + '"');
    auto bought = event();
    bought.source = json(R"({"device_info":{"languages":)" + languages + "}}");

    const auto result = translate(bought);

    ASSERT_NE(result.record(), nullptr);
    EXPECT_EQ(result.body.at_pointer("/device_info/languages")->items().size(), 20U);
    EXPECT_EQ(result.warnings(), std::vector<std::string>{"field_too_long device_info.languages"});
}

TEST(Fit, LosesTheLongNameOfAnItemBeforeItsItems) {
    auto bought = event();
    bought.items = {item("A", "1", "1"), item("B", "1", "1")};
    bought.items[0].name = lasting(std::string(250'000, 'x'));

    const auto result = translate(bought);

    EXPECT_EQ(result.at("/custom_data/contents"),
              R"([{"id":"A","item_price":"1","quantity":1},{"id":"B","item_price":"1","quantity":1}])");
}

}  // namespace
}  // namespace pinrelay::test
