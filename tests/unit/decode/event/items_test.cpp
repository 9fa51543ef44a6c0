#include "decode/event/items.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "fixtures/decoding.hpp"

namespace pinrelay::decode {
namespace {

using model::Item;
using Items = std::vector<Item>;

constexpr std::size_t limit = 3;

ReadItems read(std::string_view text) { return read_items(test::json(text), {limit, false}, test::arena()); }
Items items_of(std::string_view text) { return read(text).items; }

Item with_id(std::string id) {
    Item item;
    item.id = std::move(id);
    return item;
}

TEST(ReadItems, ReadsEveryField) {
    const auto items = items_of(
        R"([{"item_id":"i","item_name":"n","item_brand":"b","item_category":"c","item_variant":"v","price":"1.10",
             "discount":0.1,"quantity":2,"currency":"EUR","item_list_name":"l"}])");

    EXPECT_EQ(items, (Items{{"i", "n", "b", "c", "v", "1.10", "0.1", "2", "EUR", "l", {}, {}}}));
}

TEST(ReadItems, ReadsUniversalAnalyticsNames) {
    const auto items = items_of(R"([{"id":"i","name":"n","brand":"b","category":"a/b/c","variant":"v","list":"l"}])");

    EXPECT_EQ(items, (Items{{"i", "n", "b", "a/b/c", "v", {}, {}, {}, {}, "l", {}, {}}}));
}

TEST(ReadItems, KeepsTheDigitsOfNumbers) {
    const auto items = items_of(R"([{"item_id":7,"price":39.990,"quantity":1e1}])");

    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(items.front().id, "7");
    EXPECT_EQ(items.front().price, "39.990");
    EXPECT_EQ(items.front().quantity, "1e1");
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

    ASSERT_EQ(items.size(), 2U);
    EXPECT_EQ(items.front().name, "Pokemon cards");
    EXPECT_EQ(items.back(), with_id("7"));
}

TEST(ReadItems, CountsWhatIsBeyondTheLimitInEveryShape) {
    for (const char* text : {"[1,2,3,4]", R"({"0":1,"1":1,"2":1,"3":1})", R"("[1,2,3,4]")", "[[1,2],[3,4]]"}) {
        const auto read = decode::read_items(test::json(text), {limit, false}, test::arena());

        EXPECT_EQ(read.items.size(), limit) << text;
        EXPECT_EQ(read.left_out, 1U) << text;
        EXPECT_EQ(read.left_units, 1U) << text;
    }
}

TEST(ReadItems, SumsTheQuantitiesBeyondTheLimit) {
    const auto read_of = read(R"([1,2,3,{"id":4,"quantity":2},{"id":5,"quantity":"3.0"},{"id":6,"quantity":1.5},
                                  {"id":7,"quantity":-4},{"id":8,"quantity":"x"}])");

    EXPECT_EQ(read_of.left_out, 5U);
    EXPECT_EQ(read_of.left_units, 2U + 3U + 1U + 1U + 1U);
}

TEST(ReadItems, DoesNotOverflowWithHugeQuantities) {
    const std::string huge = R"({"id":1,"quantity":9223372036854775807})";

    EXPECT_EQ(read("[1,2,3," + huge + "," + huge + "," + huge + "]").left_units,
              std::numeric_limits<std::uint64_t>::max());
}

// The spellings of the same two products.
class ShapeOfItems : public testing::TestWithParam<const char*> {};

TEST_P(ShapeOfItems, GivesEachItemOnceAndInOrder) {
    const auto read_of = read(GetParam());

    EXPECT_EQ(read_of.items, (Items{with_id("A"), with_id("B")}));
    EXPECT_EQ(read_of.unreadable, 0U);
}

INSTANTIATE_TEST_SUITE_P(
    Shapes, ShapeOfItems,
    testing::Values(R"([{"item_id":"A"},{"item_id":"B"}])", R"([[{"item_id":"A"},{"item_id":"B"}]])",
                    R"([[{"item_id":"A"}],[{"item_id":"B"}]])", R"({"first":{"item_id":"A"},"second":{"item_id":"B"}})",
                    R"({"9":{"item_id":"A"},"8":{"item_id":"B"}})", R"({"count":2,"list":[{"id":"A"},{"id":"B"}]})",
                    R"("[{\"item_id\":\"A\"},{\"item_id\":\"B\"}]")",
                    R"("\"[{\\\"item_id\\\":\\\"A\\\"},{\\\"item_id\\\":\\\"B\\\"}]\"")",
                    R"(["{\"item_id\":\"A\"}","{\"item_id\":\"B\"}"])",
                    R"(["[{\"item_id\":\"A\"},{\"item_id\":\"B\"}]"])",
                    R"([null,{"item_id":"A"},null,{"item_id":"B"},null])",
                    R"([{"item":{"id":"A"}},{"product":{"id":"B"}}])", R"([{"item_id":"A"},{},[],"",{"item_id":"B"}])",
                    R"([{"sku":"A"},{"productId":"B"}])", R"([{"product_id":"A"},{"product_sku":"B"}])",
                    R"({"A1":[{"itemId":"A"}],"B1":[{"content_id":"B"}]})"));

TEST(ReadItems, CountsWhatSaysSomethingAndNamesNoProduct) {
    EXPECT_EQ(read(R"([true,{"x":1},{"item_id":"A"}])").unreadable, 2U);
    EXPECT_EQ(read(R"("[")").unreadable, 1U);
    EXPECT_EQ(read(R"({"x":1})").unreadable, 1U);
    EXPECT_EQ(read(R"([null,{},[],"","undefined"])").unreadable, 0U);
}

TEST(ReadItems, EndsAtABoundOfNesting) {
    const auto read_of = read(R"([[[[[[[[{"item_id":"A"}]]]]]]]])");

    EXPECT_EQ(read_of.items, Items{});
    EXPECT_EQ(read_of.unreadable, 1U);
}

TEST(ReadItems, ReadsTheWordsOfPinterestsTag) {
    const auto items = items_of(
        R"([{"product_id":"i","product_name":"n","product_brand":"b","product_category":"c","product_variant":"v",
             "product_price":"1.10","product_quantity":2,"product_brand_id":"bi"}])");

    ASSERT_EQ(items.size(), 1U);
    Item expected{"i", "n", "b", "c", "v", "1.10", {}, "2", {}, {}, "bi", {}};
    EXPECT_EQ(items.front(), expected);
}

TEST(ReadItems, ReadsTheBrandsIdUnderEachOfItsKeys) {
    for (const char* key : {"item_brand_id", "brand_id", "product_brand_id", "itemBrandId"})
        EXPECT_EQ(items_of(R"([{"id":1,")" + std::string(key) + R"(":"bi"}])").at(0).brand_id, "bi") << key;
}

TEST(ReadItems, TakesFromThePartsWhatALineDoesNotSay) {
    const auto items = items_of(
        R"([{"quantity":2,"title":"Shirt","variant":{"sku":"SKU-A","price":{"amount":5}},"product":{"vendor":"Acme"}}])");

    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(items.front().id, "SKU-A");
    EXPECT_EQ(items.front().name, "Shirt");
    EXPECT_EQ(items.front().brand, "Acme");
    EXPECT_EQ(items.front().quantity, "2");
}

TEST(ReadItems, KeepsTheSourceOfAnItemWhereItIsAskedFor) {
    const auto value = test::json(R"([{"item_id":"A","feed_id":"F"}])");

    EXPECT_EQ(decode::read_items(value, {limit, true}, test::arena()).items.at(0).source,
              test::json(R"({"item_id":"A","feed_id":"F"})"));
    EXPECT_TRUE(decode::read_items(value, {limit, false}, test::arena()).items.at(0).source.is_null());
}

TEST(ReadItems, NoticesMisspeltKeysOfTheFirstItems) {
    const auto slips = read(R"([{"item_id":"A","quantitty":2,"prcie":5},{"itme_id":"B","quantitty":1}])").misspellings;

    ASSERT_EQ(slips.size(), 3U);
    EXPECT_EQ(slips[0].word, "items_quantity");
    EXPECT_EQ(slips[1].word, "items_price");
    EXPECT_EQ(slips[2].word, "items_item_id");
}

}  // namespace
}  // namespace pinrelay::decode
