#include <chrono>
#include <memory>

#include "pinrelay/model/origins.hpp"
#include "unit/destinations/pinterest/fixture.hpp"

// The sources of values that are chosen among several. tests/golden/origins_test.cpp has the usual ones.
namespace pinrelay::test {
namespace {

using model::Device;
using model::Event;

Event explained_event(std::string_view name = "purchase") {
    Event one = event(name);
    one.origins = std::make_shared<model::Origins>();
    return one;
}

// "source: rule"; "none" where the key has no origin.
std::string origin_of(const Event& one, std::string_view key, pinterest::Settings with = settings()) {
    for (const auto& origin : translate(one, std::move(with)).translation.origins)
        if (origin.field == key) return origin.source + ": " + origin.rule;
    return "none";
}

bool begins(const std::string& text, std::string_view beginning) { return text.starts_with(beginning); }

TEST(Origins, AreThereOnlyForWhoAsked) {
    EXPECT_TRUE(translate(event()).translation.origins.empty());
    EXPECT_FALSE(translate(explained_event()).translation.origins.empty());
}

TEST(Origins, NameTheArrivalWhereItTakesTheTimesPlace) {
    Event one = explained_event();
    one.origins->note(&Event::time, "timestamp");
    one.time = received - std::chrono::minutes(1);
    EXPECT_TRUE(begins(origin_of(one, "event_time"), "timestamp: "));

    one.time = received + std::chrono::hours(1);
    EXPECT_TRUE(begins(origin_of(one, "event_time"), ": the time of arrival"));
}

TEST(Origins, NameWhatStandsForAnId) {
    Event one = explained_event();
    one.event_id.reset();
    EXPECT_TRUE(begins(origin_of(one, "event_id"), ": a digest of the event"));

    one.transaction_id = "T1";
    one.origins->note(&Event::transaction_id, "order");
    EXPECT_TRUE(begins(origin_of(one, "event_id"), "order: the transaction id"));
}

TEST(Origins, NameTheSignsOfADevice) {
    Event one = explained_event();
    one.app_instance_id = "app";
    one.device.operating_system = "Android";
    one.device.category = "tablet";
    one.device.limited_ad_tracking = true;
    one.origins->note(&Device::operating_system, "device.os");
    one.origins->note(&Device::category, "device.kind");
    one.origins->note(&Device::limited_ad_tracking, "device.limited");

    EXPECT_TRUE(begins(origin_of(one, "device_info.form_factor"), "device.kind: "));
    EXPECT_TRUE(begins(origin_of(one, "device_info.os_family"), "device.os: "));
    EXPECT_TRUE(begins(origin_of(one, "opt_out"), "device.limited: "));
}

TEST(Origins, NameTheItemsOrTheUnitsThatCount) {
    Event one = explained_event();
    one.currency = "EUR";
    one.units = "3";
    one.origins->note(&Event::units, "quantity");
    one.origins->note(&Event::items, "items");
    EXPECT_TRUE(begins(origin_of(one, "custom_data.num_items"), "quantity: "));
    EXPECT_EQ(origin_of(one, "custom_data.value"), "none");

    model::Item item;
    item.id = "A";
    item.price = "2";
    one.items.push_back(item);
    EXPECT_TRUE(begins(origin_of(one, "custom_data.num_items"), "items: "));
    EXPECT_TRUE(begins(origin_of(one, "custom_data.value"), "items: the sum of the items"));
}

TEST(Origins, NameTheCookieOrTheUrlOfAClick) {
    Event one = explained_event();
    one.cookie_click_id = "abc";
    one.origins->note(&Event::cookie_click_id, "cookie _epik");
    one.origins->note(&Event::page_location, "url");
    EXPECT_TRUE(begins(origin_of(one, "user_data.click_id"), "cookie _epik: "));

    one.page_location = "https://shop.example/?epik=x";
    EXPECT_TRUE(begins(origin_of(one, "user_data.click_id"), "epik in url: "));
}

TEST(Origins, NameTheConfigurationWhereItHasTheLastWord) {
    pinterest::Settings with = settings();
    pinterest::EventRule rule;
    rule.ga4_name = "purchase";
    rule.parameters = {{"custom_data.np", std::nullopt, model::Document(model::Value("shop"))},
                       {"event_source_url", std::nullopt, model::Document(model::Value("https://shop.example/"))}};
    with.rules = {std::move(rule)};
    const Event one = explained_event();

    EXPECT_TRUE(begins(origin_of(one, "custom_data.np", with), "a constant of the configuration: "));
    EXPECT_TRUE(begins(origin_of(one, "event_source_url", with), "a constant of the configuration: "));
    EXPECT_EQ(one.origins->find(&Event::page_location), "");  // another account's explanation
}

}  // namespace
}  // namespace pinrelay::test
