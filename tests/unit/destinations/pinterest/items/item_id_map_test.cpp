#include "pinrelay/destinations/pinterest/item_id_map.hpp"

#include <gtest/gtest.h>

namespace pinrelay::test {
namespace {

using destinations::pinterest::ItemIdMap;
using Found = std::optional<std::string_view>;

ItemIdMap map_of(std::string_view csv) { return std::get<ItemIdMap>(ItemIdMap::parse(csv)); }

ItemIdMap::Problems problems_of(std::string_view csv) {
    auto parsed = ItemIdMap::parse(csv);
    auto* problems = std::get_if<ItemIdMap::Problems>(&parsed);
    return problems == nullptr ? ItemIdMap::Problems{} : *problems;
}

TEST(ItemIdMap, FindsTheCataloguesIdAndNothingElse) {
    const auto map = map_of("A,shop_1\nB,shop_2\n");

    EXPECT_EQ(map.size(), 2U);
    EXPECT_EQ(map.find("A"), Found("shop_1"));
    EXPECT_EQ(map.find("B"), Found("shop_2"));
    for (const auto* id : {"a", "AB", "", "shop_1", "C"}) EXPECT_EQ(map.find(id), std::nullopt) << id;
}

TEST(ItemIdMap, ReadsCsvAsProgramsWriteIt) {
    const auto map =
        map_of("\xEF\xBB\xBFsku,catalogue_id\r\n \"a,1\" , \"x\"\"y\" \r\n\r\n  \nsch\xC3\xB6n , 2\nlast,3");

    EXPECT_EQ(map.size(), 4U);
    EXPECT_EQ(map.find("sku"), Found("catalogue_id"));
    EXPECT_EQ(map.find("a,1"), Found("x\"y"));
    EXPECT_EQ(map.find("sch\xC3\xB6n"), Found("2"));
    EXPECT_EQ(map.find("last"), Found("3"));
}

TEST(ItemIdMap, NamesTheLinesOfBadRows) {
    EXPECT_EQ(problems_of("A,1\nB\nC,2,3\nD,\n,4\n\"E,5\n\"F\"x,6\n\xff,7\n"),
              (ItemIdMap::Problems{"line 2: has one column; two separated by a comma are needed",
                                   "line 3: has more than two columns", "line 4: has an empty cell",
                                   "line 5: has an empty cell", "line 6: has a quote that does not end",
                                   "line 7: has text behind a closing quote", "line 8: is not valid UTF-8"}));
    EXPECT_EQ(problems_of(""), ItemIdMap::Problems{"the file has no row"});
    EXPECT_EQ(problems_of("\n \n"), ItemIdMap::Problems{"the file has no row"});
}

TEST(ItemIdMap, RefusesAnIdWithTwoMeaningsAndTakesARowTwice) {
    EXPECT_TRUE(problems_of("A,1\nB,2\nA,1\n").empty());
    EXPECT_EQ(map_of("A,1\nB,2\nA,1\n").size(), 2U);
    EXPECT_EQ(problems_of("A,1\nB,2\nA,2\n"),
              ItemIdMap::Problems{"line 3: its id stands in an earlier line with another id of the catalogue"});
}

TEST(ItemIdMap, SaysNoMoreThanTwentyProblems) {
    std::string rows;
    for (int i = 0; i < 100; ++i) rows += "bad\n";

    EXPECT_EQ(problems_of(rows).size(), 20U);
}

TEST(ItemIdMap, HoldsManyRowsInLittleMemory) {
    constexpr int rows = 20'000;
    std::string csv;
    for (int i = 0; i < rows; ++i)
        csv.append("SKU-").append(std::to_string(i)).append(",shopify_DE_").append(std::to_string(7 * i)).append("\n");

    const auto map = map_of(csv);

    EXPECT_EQ(map.size(), static_cast<std::size_t>(rows));
    for (int i = 0; i < rows; ++i)
        ASSERT_EQ(map.find("SKU-" + std::to_string(i)), Found("shopify_DE_" + std::to_string(7 * i)));
    EXPECT_EQ(map.find("SKU-20000"), std::nullopt);
    EXPECT_LE(map.memory(), csv.size() + std::size_t{16} * rows);
}

}  // namespace
}  // namespace pinrelay::test
