#include "pinrelay/identity/digest.hpp"
#include "unit/destinations/pinterest/fixture.hpp"

// Clear text in fields that are sent as they are.
namespace pinrelay::test {
namespace {

std::string quoted_digest(const std::string& text) { return "\"" + identity::sha256_hex(text) + "\""; }

model::Event with_phone() {
    auto bought = event("purchase");
    bought.user_data.phones = {"+49 (0)151 23456789"};
    return bought;
}

TEST(Sweep, LeavesOutTextsThatHoldAPhoneOfTheEvent) {
    auto bought = with_phone();
    bought.search_term = "call 0151 / 234 567 89";
    bought.content_name = "A shirt";
    bought.device.model = "15123456789";

    const auto result = translate(bought);

    EXPECT_EQ(result.at("/custom_data/search_string"), "");
    EXPECT_EQ(result.at("/device_info"), "");
    EXPECT_EQ(result.at("/custom_data/content_name"), R"("A shirt")");
    EXPECT_EQ(result.warnings(), (std::vector<std::string>{"clear_text_removed custom_data.search_string",
                                                           "clear_text_removed device_info.model"}));
}

TEST(Sweep, PutsDigestsInThePlaceOfIdsThatHoldAPhoneOfTheEvent) {
    auto bought = with_phone();
    bought.event_id = "order-0151-23456789";
    bought.transaction_id = "+4915123456789";
    bought.items = {item("015123456789", "1", "1"), item("SKU", "1", "1")};

    const auto result = translate(bought);

    EXPECT_EQ(result.at("/event_id"), quoted_digest("order-0151-23456789"));
    EXPECT_EQ(result.record()->event_id, identity::sha256_hex("order-0151-23456789"));
    EXPECT_EQ(result.at("/custom_data/order_id"), quoted_digest("+4915123456789"));
    EXPECT_EQ(result.at("/custom_data/content_ids"), "[" + quoted_digest("015123456789") + ",\"SKU\"]");
    EXPECT_EQ(result.at("/custom_data/contents/0/id"), quoted_digest("015123456789"));
}

TEST(Sweep, FindsPhonesInInternationalFormOfNobodyKnown) {
    auto bought = event("purchase");
    bought.search_term = "+1 (415) 555-0134";

    EXPECT_EQ(translate(bought).at("/custom_data/search_string"), "");
}

TEST(Sweep, LeavesNumbersAlone) {
    auto bought = with_phone();
    bought.search_term = "iphone 15 256 GB";
    bought.transaction_id = "4006381333931";

    const auto result = translate(bought);

    EXPECT_EQ(result.at("/custom_data/search_string"), R"("iphone 15 256 GB")");
    EXPECT_EQ(result.at("/custom_data/order_id"), R"("4006381333931")");
}

TEST(Sweep, LooksAtTheUserAgent) {
    auto visit = event("page_view");
    visit.user_data.emails = {"jane@example.com"};
    visit.user_agent = "Shop/1.0 (jane@example.com)";

    EXPECT_EQ(translate(visit).at("/user_data/client_user_agent"), "");
}

TEST(Sweep, LooksAtWhatRulesSet) {
    auto with = settings();
    pinterest::EventRule rule;
    rule.ga4_name = "purchase";
    rule.parameters = {{"custom_data.np", "/note", std::nullopt}};
    with.rules = {rule};
    auto bought = event("purchase");
    bought.source = json(R"({"note":"for jane@example.com"})");

    EXPECT_EQ(translate(bought, with).at("/custom_data/np"), "");
}

TEST(Sweep, KeepsNoNameThatHoldsAPhone) {
    auto with = settings();
    with.unknown_events = pinterest::UnknownEvents::Custom;
    auto call = with_phone();
    call.name = "call 0151 23456789";

    const auto result = translate(call, with);

    EXPECT_EQ(result.record()->source_name, "");
    EXPECT_EQ(result.at("/custom_data"), "");
}

}  // namespace
}  // namespace pinrelay::test
