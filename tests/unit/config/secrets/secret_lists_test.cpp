#include <gtest/gtest.h>

#include "unit/config/fixture.hpp"

namespace pinrelay::config {
namespace {

constexpr const char* first_key = "first-key-0123456789";
constexpr const char* second_key = "second-key-0123456789";

// One account whose keys are said to be in these places.
Loaded with_keys(const std::string& places, Variables set = {}) {
    return load_text(R"({"accounts": [{"ad_account_id": "1", "access_token": "t", )" + places + "}]}", std::move(set));
}

std::string in_file(const TemporaryFile& file) { return "\"keys_file\": \"" + file.path().string() + "\""; }

TEST(ConfigKeysOfSenders, StandOneALineInAFile) {
    const TemporaryFile file(std::string(first_key) + "\r\n\n" + second_key + "\n");

    const auto loaded = with_keys(in_file(file));

    ASSERT_TRUE(loaded.problems.empty()) << texts(loaded);
    const auto& keys = loaded.config.accounts.at(0).keys;
    ASSERT_EQ(keys.size(), 2u);
    EXPECT_EQ(keys[0].reveal(), first_key);
    EXPECT_EQ(keys[1].reveal(), second_key);
    EXPECT_TRUE(loaded.config.accounts[0].signing_keys.empty());
}

TEST(ConfigKeysOfSenders, StandInAVariableOfTheirOwn) {
    const auto loaded = with_keys(R"("signing_keys_env": "PINRELAY_SHOP_KEYS")",
                                  {{"PINRELAY_SHOP_KEYS", std::string(first_key) + "," + second_key}});

    ASSERT_TRUE(loaded.problems.empty()) << texts(loaded);
    EXPECT_EQ(loaded.config.accounts.at(0).signing_keys.size(), 2u);
    EXPECT_TRUE(loaded.config.accounts[0].keys.empty());
}

TEST(ConfigKeysOfSenders, AreRefusedWhereTheyCouldBeGuessedOrTypedAndNeverRepeated) {
    for (const char* wrong : {"short-key", "a key with blanks in it", "a-key-with-\xc3\xa9-in-it-12345", "\n\n"}) {
        const TemporaryFile file(wrong);

        const auto loaded = with_keys(in_file(file));

        ASSERT_EQ(loaded.problems.size(), 1u) << wrong;
        EXPECT_EQ(loaded.problems[0].key, "accounts[0].keys_file");
        EXPECT_EQ(loaded.problems[0].text().find("key-with"), std::string::npos);
        EXPECT_EQ(loaded.problems[0].text().find("short-key"), std::string::npos);
    }
}

TEST(ConfigKeysOfSenders, ComeFromOnePlace) {
    const TemporaryFile file(first_key);

    const auto loaded = with_keys(in_file(file) + R"(, "keys_env": "SHOP_KEYS")", {{"SHOP_KEYS", second_key}});

    ASSERT_EQ(loaded.problems.size(), 1u) << texts(loaded);
    EXPECT_EQ(loaded.problems[0].reason, "give only one of keys_file and keys_env");
}

}  // namespace
}  // namespace pinrelay::config
