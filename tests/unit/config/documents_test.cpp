#include "documents.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <set>

#include "fixture.hpp"
#include "pinrelay/config/file_text.hpp"

namespace pinrelay::config {
namespace {

const std::filesystem::path source = PINRELAY_SOURCE_DIR;
const std::filesystem::path schema_file = source / "config/pinrelay.schema.json";
const std::filesystem::path guide_file = source / "docs/configuration.md";
constexpr std::string_view begin_mark = "<!-- keys -->\n";
constexpr std::string_view end_mark = "<!-- /keys -->";

// `guide` with the tables of the keys between the marks.
std::string with_tables(const std::string& guide) {
    const auto begin = guide.find(begin_mark);
    const auto end = guide.find(end_mark);
    if (begin == std::string::npos || end == std::string::npos) return "docs/configuration.md has no marks";
    return guide.substr(0, begin + begin_mark.size()) + tables_text() + guide.substr(end);
}

constexpr const char* how_to_write = "after a change of the key tables run PINRELAY_BLESS=1 unit_config";

// As for the golden cases, PINRELAY_BLESS=1 rewrites the file before it is compared.
void bless(const std::filesystem::path& file, const std::string& text) {
    if (std::getenv("PINRELAY_BLESS") != nullptr) std::ofstream(file) << text;
}

TEST(ConfigDocuments, TheSchemaHasEveryKeyWithTypeDefaultAndMeaning) {
    bless(schema_file, schema_text());

    EXPECT_EQ(read_file(schema_file).text.value_or(""), schema_text()) << how_to_write;
}

TEST(ConfigDocuments, TheGuideHasEveryKeyWithVariableDefaultAndMeaning) {
    bless(guide_file, with_tables(read_file(guide_file).text.value_or("")));
    const std::string guide = read_file(guide_file).text.value_or("");

    EXPECT_EQ(guide, with_tables(guide)) << how_to_write;
}

TEST(ConfigDocuments, TheGuideHasASectionForEveryKey) {
    const std::string tables = tables_text();

    for (const auto& key : config_keys())
        EXPECT_NE(tables.find("| `" + std::string(key.path) + "` |"), std::string::npos) << key.path;
}

TEST(ConfigDocuments, NoVariableStandsForTwoKeys) {
    std::set<std::string_view> seen;
    const auto add = [&](const auto& keys) {
        for (const auto& key : keys)
            EXPECT_TRUE(key.variable.empty() || seen.insert(key.variable).second) << key.variable;
    };

    add(config_keys());
    add(mapping_keys());
    add(account_keys());
}

TEST(ConfigDocuments, TheShippedFileNeedsNothingButAToken) {
    const auto without_token = load(source / "config/pinrelay.json", variables({}));
    const auto with_token = load(source / "config/pinrelay.json", variables({{"PINRELAY_ACCESS_TOKEN", "pina_token"}}));

    ASSERT_EQ(without_token.problems.size(), 1u) << texts(without_token);
    EXPECT_EQ(without_token.problems[0].key, "accounts[0].access_token");
    EXPECT_TRUE(with_token.problems.empty()) << texts(with_token);
}

// Every key that the shipped file shows, also in a comment, is one of the table; and it shows them all.
TEST(ConfigDocuments, TheShippedFileNamesEveryKey) {
    const std::string text = read_file(source / "config/pinrelay.json").text.value_or("");
    const auto expect_named = [&](const auto& keys) {
        for (const auto& key : keys) {
            const auto name = key.path.substr(key.path.find('.') + 1);
            EXPECT_NE(text.find("\"" + std::string(name) + "\":"), std::string::npos) << key.path;
        }
    };

    expect_named(config_keys());
    expect_named(mapping_keys());
    expect_named(account_keys());
}

}  // namespace
}  // namespace pinrelay::config
