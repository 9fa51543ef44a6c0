#include "app/item_id_maps.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "app/wiring.hpp"
#include "pinrelay/app/check.hpp"

namespace pinrelay::app {
namespace {

// A file of the test's own directory, gone with it.
class MapFile {
public:
    explicit MapFile(const std::string& text) : path_(testing::TempDir() + "item_ids_" + std::to_string(count_++)) {
        write(text);
    }
    ~MapFile() { std::filesystem::remove(path_); }
    MapFile(const MapFile&) = delete;
    MapFile& operator=(const MapFile&) = delete;

    void write(const std::string& text) const { std::ofstream(path_, std::ios::binary) << text; }
    const std::string& path() const { return path_; }

private:
    static inline int count_ = 0;
    std::string path_;
};

std::string refusal_of_map(const std::string& file) {
    try {
        ItemIdMaps().load(file);
    } catch (const std::invalid_argument& error) {
        return error.what();
    }
    return "";
}

config::Config config_with(config::Mapping mapping) {
    config::Config config;
    config.accounts.emplace_back();
    config.accounts[0].ad_account_id = "549755885175";
    config.accounts[0].access_token = Secret("pina_TESTTOKEN");
    config.accounts[0].mapping = std::move(mapping);
    return config;
}

TEST(ItemIdMaps, AreReadOnceAndAnewByTheNextConfiguration) {
    const MapFile file("A,1\n");
    ItemIdMaps maps;

    const auto map = maps.load(file.path());
    file.write("A,2\n");

    EXPECT_EQ(map->find("A"), std::optional<std::string_view>("1"));
    EXPECT_EQ(maps.load(file.path()), map);
    EXPECT_EQ(ItemIdMaps().load(file.path())->find("A"), std::optional<std::string_view>("2"));
    EXPECT_EQ(maps.load(""), nullptr);
}

TEST(ItemIdMaps, RefuseFilesThatCannotBeUsedAndNameTheLines) {
    const MapFile bad("A,1\nB\nA,2\n");

    EXPECT_EQ(refusal_of_map(bad.path()),
              bad.path() +
                  ": line 2: has one column; two separated by a comma are needed; line 3: its id stands in an earlier "
                  "line with another id of the catalogue");
    EXPECT_EQ(refusal_of_map("/nowhere/ids.csv"), "/nowhere/ids.csv: there is no such file");
    EXPECT_NE(refusal_of_map(testing::TempDir()), "");
}

TEST(ItemSources, AreKeptOnlyWhereASettingAsksForThem) {
    config::Mapping plain;
    plain.item_id = {"item_variant", "item_id"};
    EXPECT_FALSE(collect_settings(config_with(plain)).decode.item_sources);

    config::Mapping by_key;
    by_key.item_id = {"item_id", "sku"};
    EXPECT_TRUE(collect_settings(config_with(by_key)).decode.item_sources);

    config::Mapping by_rule;
    by_rule.events.emplace_back();
    by_rule.events[0].ga4_name = "*";
    by_rule.events[0].parameters.push_back({"custom_data.contents[].item_brand", "/maker", std::nullopt});
    EXPECT_TRUE(collect_settings(config_with(by_rule)).decode.item_sources);
}

TEST(ItemLimit, IsTheDestinationsAndNotTheDecoders) {
    auto config = config_with({});
    config.max_items = 3;

    EXPECT_GT(collect_settings(config).decode.items, 250U);
    EXPECT_FALSE(collect_settings(config).decode.segment);
    config.segment = true;
    EXPECT_TRUE(collect_settings(config).decode.segment);
}

}  // namespace
}  // namespace pinrelay::app
