#include <stdexcept>

#include "unit/destinations/pinterest/fixture.hpp"

// Ids that match the catalogue.
namespace pinrelay::test {
namespace {

using pinterest::ItemIdMap;

model::Item line(const std::string& source, std::optional<std::string_view> id = "SKU1") {
    model::Item line;
    line.id = id;
    line.name = "Chair";
    line.source = json(source);
    return line;
}

Translated translate_item(model::Item one, pinterest::ItemIds ids) {
    auto bought = event();
    bought.items = {std::move(one)};
    auto with = settings();
    with.item_ids = std::move(ids);
    return translate(bought, with);
}

// content_ids and contents[].id, which must be the same.
std::string id_of(model::Item one, pinterest::ItemIds ids) {
    const auto result = translate_item(std::move(one), std::move(ids));
    EXPECT_EQ(result.at("/custom_data/content_ids/0"), result.at("/custom_data/contents/0/id"));
    return result.at("/custom_data/content_ids/0");
}

std::shared_ptr<const ItemIdMap> shared_map_of(std::string_view csv) {
    return std::make_shared<const ItemIdMap>(std::get<ItemIdMap>(ItemIdMap::parse(csv)));
}

TEST(ItemIds, AreTheItemsOwnByDefault) { EXPECT_EQ(id_of(line("{}"), {}), R"("SKU1")"); }

TEST(ItemIds, AreTheFirstFieldThatSaysSomething) {
    auto variant = line("{}");
    variant.variant = "V9";
    EXPECT_EQ(id_of(variant, {{"item_variant", "item_id"}, {}, {}, {}}), R"("V9")");

    variant.variant = "(not set)";
    EXPECT_EQ(id_of(variant, {{"item_variant", "item_id"}, {}, {}, {}}), R"("SKU1")");

    EXPECT_EQ(id_of(line(R"({"variant_id":4711})"), {{"variant_id", "item_id"}, {}, {}, {}}), R"("4711")");
    EXPECT_EQ(id_of(line(R"({"shop":{"ids":["x","y"]}})"), {{"/shop/ids/1"}, {}, {}, {}}), R"("y")");
    EXPECT_EQ(id_of(line(R"({"shop":{"ids":null}})"), {{"/shop/ids", "item_id"}, {}, {}, {}}), R"("SKU1")");
    EXPECT_EQ(id_of(line("{}"), {{"item_name"}, {}, {}, {}}), R"("Chair")");
}

TEST(ItemIds, FallBackToTheNameAsItIs) {
    EXPECT_EQ(id_of(line("{}"), {{"variant_id"}, shared_map_of("Chair,1"), "shop_", "_de"}), R"("Chair")");
}

TEST(ItemIds, GetPrefixAndSuffix) {
    EXPECT_EQ(id_of(line("{}"), {{"item_id"}, {}, "gla_", ""}), R"("gla_SKU1")");
    EXPECT_EQ(id_of(line("{}"), {{"item_id"}, {}, "shopify_DE_", "_9"}), R"("shopify_DE_SKU1_9")");
}

TEST(ItemIds, AreMappedBeforePrefixAndSuffix) {
    const auto map = shared_map_of("SKU1,4711\nSKU2,4712");

    EXPECT_EQ(id_of(line("{}"), {{"item_id"}, map, "", ""}), R"("4711")");
    EXPECT_EQ(id_of(line("{}"), {{"item_id"}, map, "a_", "_z"}), R"("a_4711_z")");
    EXPECT_TRUE(translate_item(line("{}"), {{"item_id"}, map, "", ""}).warnings().empty());
}

TEST(ItemIds, WithoutARowGoOnAsTheyAreWithAWarning) {
    const auto result = translate_item(line("{}", "SKU9"), {{"item_id"}, shared_map_of("SKU1,4711"), "a_", ""});

    EXPECT_EQ(result.at("/custom_data/content_ids"), R"(["a_SKU9"])");
    EXPECT_EQ(result.warnings(), std::vector<std::string>{"item_id_not_mapped custom_data.contents.id"});
}

TEST(ItemIds, NeedAField) {
    for (const auto& fields : {std::vector<std::string>{}, std::vector<std::string>{""}}) {
        auto with = settings();
        with.item_ids.fields = fields;
        EXPECT_THROW(pinterest::make_pinterest(std::move(with)), std::invalid_argument);
    }
}

}  // namespace
}  // namespace pinrelay::test
