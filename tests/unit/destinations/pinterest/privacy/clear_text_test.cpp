#include <algorithm>

#include "pinrelay/identity/digest.hpp"
#include "unit/destinations/pinterest/fixture.hpp"

// E-mail addresses in fields that are sent as they are.
namespace pinrelay::test {
namespace {

TEST(ClearText, OfAnIdBecomesItsDigest) {
    auto bought = event();
    bought.event_id = " order-jane@example.com ";
    bought.transaction_id = "jane%40example.com-7";

    const auto result = translate(bought);

    EXPECT_EQ(result.record()->event_id, identity::sha256_hex("order-jane@example.com"));
    EXPECT_EQ(result.at("/event_id"), "\"" + identity::sha256_hex("order-jane@example.com") + "\"");
    EXPECT_EQ(result.at("/custom_data/order_id"), "\"" + identity::sha256_hex("jane%40example.com-7") + "\"");
    EXPECT_EQ(result.warnings(),
              (std::vector<std::string>{"clear_text_removed event_id", "clear_text_removed custom_data.order_id"}));
}

TEST(ClearText, OfTheTransactionIdThatStandsForAnEventIdBecomesItsDigest) {
    auto bought = event();
    bought.event_id.reset();
    bought.transaction_id = "jane@example.com-7";

    EXPECT_EQ(translate(bought).record()->event_id, identity::sha256_hex("jane@example.com-7"));
}

TEST(ClearText, OfTextsAndItemsIsLeftOut) {
    auto bought = event();
    bought.search_term = "orders of jane@example.com";
    bought.content_name = "jane@example.com";
    bought.content_category = "for jane@example.com";
    bought.content_brand = "jane@example.com";
    bought.items = {item("A", "1", "1"), model::Item{}};
    bought.items[0].name = "Mug for jane@example.com";
    bought.items[0].brand = "jane@example.com";
    bought.items[0].category = "jane@example.com";
    bought.items[1].name = "jane@example.com";

    const auto result = translate(bought);

    EXPECT_EQ(result.at("/custom_data"),
              R"({"content_ids":["A"],"contents":[{"id":"A","item_price":"1","quantity":1}],"num_items":2})");
    EXPECT_EQ(result.record()->body.find("jane"), std::string::npos);
    const auto warnings = result.warnings();
    for (const char* field : {"search_string", "content_name", "content_category", "content_brand",
                              "contents.item_name", "contents.item_brand", "contents.item_category"})
        EXPECT_EQ(std::ranges::count(warnings, "clear_text_removed custom_data." + std::string(field)), 1) << field;
}

TEST(ClearText, OfPartnersAppsAndDevicesIsLeftOut) {
    auto opened = event("page_view");
    opened.user_data.partner_id = "jane@example.com";
    opened.app.id = "com.example.shop";
    opened.app.name = "Shop of jane@example.com";
    opened.device.brand = "Acme";
    opened.device.model = "jane%40example.com's phone";

    const auto result = translate(opened);

    EXPECT_EQ(result.at("/user_data/partner_id"), "");
    EXPECT_EQ(result.at("/app_info"), R"({"app_id":"com.example.shop"})");
    EXPECT_EQ(result.at("/device_info"), R"({"brand":"Acme"})");
    EXPECT_EQ(result.warnings(), (std::vector<std::string>{"clear_text_removed user_data.partner_id",
                                                           "clear_text_removed app_info.app_name",
                                                           "clear_text_removed device_info.model"}));
}

TEST(ClearText, IsNotWhatOnlyHasAnAtSign) {
    for (const char* text :
         {"@jane.doe", "mug @ shop.com", "2 @ 5.00", "pkg@1.2.3", "a@b", "100% cotton", "%40", "@"}) {
        auto search = event("search");
        search.search_term = text;

        const auto result = translate(search);

        EXPECT_EQ(result.at("/custom_data/search_string"), "\"" + std::string(text) + "\"");
        EXPECT_TRUE(result.warnings().empty()) << text;
    }
}

}  // namespace
}  // namespace pinrelay::test
