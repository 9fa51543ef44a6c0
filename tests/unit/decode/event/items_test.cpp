#include "decode/event/items.hpp"

#include <gtest/gtest.h>

#include "fixtures/decoding.hpp"

namespace pinrelay::decode {
namespace {

using model::Item;
using Items = std::vector<Item>;

constexpr std::size_t limit = 3;

std::optional<Items> items_of(std::string_view text) { return read_items(test::json(text), limit); }

Item with_id(std::string id) {
    Item item;
    item.id = std::move(id);
    return item;
}

TEST(ReadItems, ReadsEveryField) {
    const auto items = items_of(
        R"([{"item_id":"i","item_name":"n","item_brand":"b","item_category":"c","item_variant":"v","price":"1.10",
             "discount":0.1,"quantity":2,"currency":"EUR","item_list_name":"l"}])");

    EXPECT_EQ(items, (Items{{"i", "n", "b", "c", "v", "1.10", "0.1", "2", "EUR", "l"}}));
}

TEST(ReadItems, ReadsUniversalAnalyticsNames) {
    const auto items = items_of(R"([{"id":"i","name":"n","brand":"b","category":"a/b/c","variant":"v","list":"l"}])");

    EXPECT_EQ(items, (Items{{"i", "n", "b", "a/b/c", "v", {}, {}, {}, {}, "l"}}));
}

TEST(ReadItems, KeepsTheDigitsOfNumbers) {
    const auto items = items_of(R"([{"item_id":7,"price":39.990,"quantity":1e1}])");

    ASSERT_EQ(items->size(), 1U);
    EXPECT_EQ(items->front().id, "7");
    EXPECT_EQ(items->front().price, "39.990");
    EXPECT_EQ(items->front().quantity, "1e1");
}

TEST(ReadItems, LeavesOutWhatSaysNothing) {
    const auto items =
        items_of(R"([{"item_id":"A","price":"undefined","quantity":null,"item_brand":{},"currency":""}])");

    EXPECT_EQ(items, Items{with_id("A")});
}

TEST(ReadItems, TakesJsonInAText) { EXPECT_EQ(items_of(R"(" [{\"item_id\":\"A\"}] ")"), Items{with_id("A")}); }

TEST(ReadItems, TakesAnyOtherTextForNone) {
    for (const char* text : {R"("many")", R"("[")", R"("[1e400]")", R"("")", R"("\"[]\"")"}) {
        EXPECT_EQ(items_of(text), Items{}) << text;
    }
}

TEST(ReadItems, TakesOneObjectAndNumberedOnes) {
    EXPECT_EQ(items_of(R"({"item_id":"A"})"), Items{with_id("A")});
    EXPECT_EQ(items_of(R"({"0":{"item_id":"A"},"1":{"item_id":"B"}})"), (Items{with_id("A"), with_id("B")}));
    EXPECT_EQ(items_of("{}"), Items{});
}

TEST(ReadItems, PassesOverMembersThatNameNoProduct) {
    EXPECT_EQ(items_of(R"([null,{},{"item_id":"A"}])"), Items{with_id("A")});
    EXPECT_EQ(items_of(R"([[],true,""])"), Items{});
}

TEST(ReadItems, TakesTextsForNamesAndNumbersForIds) {
    const auto items = items_of(R"(["Pokemon cards",7])");

    ASSERT_EQ(items->size(), 2U);
    EXPECT_EQ(items->front().name, "Pokemon cards");
    EXPECT_EQ(items->back(), with_id("7"));
}

TEST(ReadItems, RefusesMoreThanTheLimitInEveryShape) {
    EXPECT_EQ(items_of("[1,2,3]")->size(), limit);
    EXPECT_EQ(items_of("[1,2,3,4]"), std::nullopt);
    EXPECT_EQ(items_of(R"({"0":1,"1":1,"2":1,"3":1})"), std::nullopt);
    EXPECT_EQ(items_of(R"("[1,2,3,4]")"), std::nullopt);
}

}  // namespace
}  // namespace pinrelay::decode
