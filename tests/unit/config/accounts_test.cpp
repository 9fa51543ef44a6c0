#include <gtest/gtest.h>

#include "fixture.hpp"

namespace pinrelay::config {
namespace {

// Two accounts of which the second is `second`, both with tokens.
Loaded with_second(const std::string& first, const std::string& second) {
    return load_text(R"({"accounts": [{"ad_account_id": "1", "access_token": "t1" )" + first +
                         R"(}, {"ad_account_id": "2", "access_token": "t2" )" + second + "}]}",
                     {});
}

TEST(ConfigAccounts, ThereMustBeOne) {
    const auto loaded = load(std::nullopt, variables({}));

    ASSERT_EQ(loaded.problems.size(), 1u) << texts(loaded);
    EXPECT_EQ(loaded.problems[0].key, "accounts");
    EXPECT_NE(loaded.problems[0].reason.find("PINRELAY_AD_ACCOUNT_ID"), std::string::npos);
}

TEST(ConfigAccounts, NeedAnIdAndAToken) {
    const auto without_token = load(std::nullopt, variables({{"PINRELAY_AD_ACCOUNT_ID", "1"}}));
    const auto without_id = load(std::nullopt, variables({{"PINRELAY_ACCESS_TOKEN", "t"}}));

    ASSERT_EQ(without_token.problems.size(), 1u) << texts(without_token);
    EXPECT_EQ(without_token.problems[0].key, "accounts[0].access_token");
    ASSERT_EQ(without_id.problems.size(), 1u) << texts(without_id);
    EXPECT_EQ(without_id.problems[0].key, "accounts[0].ad_account_id");
}

TEST(ConfigAccounts, TheHintTellsAnAdAccountFromATag) {
    const auto loaded = load(std::nullopt, variables(enough_and("PINRELAY_AD_ACCOUNT_ID", "tag-2612345678901")));

    ASSERT_EQ(loaded.problems.size(), 1u);
    EXPECT_NE(loaded.problems[0].reason.find("not the tag id"), std::string::npos);
}

TEST(ConfigAccounts, AreNotTheSameTwice) {
    const auto loaded = load_text(R"({"accounts": [
        {"ad_account_id": "1", "access_token": "t", "hosts": ["a.example"]},
        {"ad_account_id": "1", "access_token": "t", "hosts": ["b.example"]}]})",
                                  {});

    ASSERT_EQ(loaded.problems.size(), 1u) << texts(loaded);
    EXPECT_EQ(loaded.problems[0].key, "accounts[1].ad_account_id");
}

TEST(ConfigAccounts, OneThatNoEventCanReachIsAProblem) {
    EXPECT_EQ(with_second("", "").problems.size(), 1u);
    EXPECT_EQ(with_second("", R"(, "hosts": ["a.example"])").problems.size(), 1u);
    EXPECT_EQ(with_second(R"(, "hosts": ["*.example"])", R"(, "hosts": ["a.example", "B.Example"])").problems.size(),
              1u);
    EXPECT_EQ(with_second(R"(, "paths": ["/collect"])", R"(, "paths": ["/collect/g"])").problems.size(), 1u);
    EXPECT_EQ(with_second("", R"(, "paths": ["/shop"])").problems.size(), 2u);
}

TEST(ConfigAccounts, OnesThatShareNothingOrAreOrderedFromNarrowToWideAreFine) {
    EXPECT_TRUE(with_second(R"(, "hosts": ["a.example"])", "").problems.empty());
    EXPECT_TRUE(with_second(R"(, "hosts": ["a.example"])", R"(, "hosts": ["*.example"])").problems.empty());
    EXPECT_TRUE(with_second(R"(, "hosts": ["*.example"])", R"(, "hosts": ["example"])").problems.empty());
    EXPECT_TRUE(with_second(R"(, "measurement_ids": ["G-1"])", R"(, "measurement_ids": ["G-2"])").problems.empty());
    EXPECT_TRUE(with_second(R"(, "paths": ["/collect/g"])", R"(, "paths": ["/collect/mp"])").problems.empty());
    EXPECT_TRUE(with_second(R"(, "hosts": ["a.example"], "paths": ["/collect/g"])", R"(, "hosts": ["a.example"])")
                    .problems.empty());
}

TEST(ConfigTokens, ComeFromAFileWithoutTheSpacesAroundThem) {
    const TemporaryFile token("  pina_file\n");

    const auto loaded =
        load(std::nullopt,
             variables({{"PINRELAY_AD_ACCOUNT_ID", "1"}, {"PINRELAY_ACCESS_TOKEN_FILE", token.path().string()}}));

    ASSERT_TRUE(loaded.problems.empty()) << texts(loaded);
    EXPECT_EQ(loaded.config.accounts[0].access_token.reveal(), "pina_file");
}

TEST(ConfigTokens, ComeFromTheVariableThatTheAccountNames) {
    const auto loaded = load_text(R"({"accounts": [{"ad_account_id": "1", "access_token_env": "SHOP_TOKEN"}]})",
                                  {{"SHOP_TOKEN", "pina_shop"}});

    ASSERT_TRUE(loaded.problems.empty()) << texts(loaded);
    EXPECT_EQ(loaded.config.accounts[0].access_token.reveal(), "pina_shop");
}

TEST(ConfigTokens, OfTheEnvironmentServeTheAccountsOfSeveralThatHaveNone) {
    const auto loaded = load_text(R"({"accounts": [
        {"ad_account_id": "1", "access_token": "pina_own", "hosts": ["a.example"]}, {"ad_account_id": "2"}]})",
                                  {{"PINRELAY_ACCESS_TOKEN", "pina_shared"}});

    ASSERT_TRUE(loaded.problems.empty()) << texts(loaded);
    EXPECT_EQ(loaded.config.accounts[0].access_token.reveal(), "pina_own");
    EXPECT_EQ(loaded.config.accounts[1].access_token.reveal(), "pina_shared");
}

TEST(ConfigTokens, AnIdOfTheEnvironmentCannotMeanOneOfSeveralAccounts) {
    const auto loaded = load_text(R"({"accounts": [
        {"ad_account_id": "1", "access_token": "t", "hosts": ["a.example"]},
        {"ad_account_id": "2", "access_token": "t"}]})",
                                  {{"PINRELAY_AD_ACCOUNT_ID", "3"}});

    ASSERT_EQ(loaded.problems.size(), 1u) << texts(loaded);
    EXPECT_EQ(loaded.problems[0].key, "PINRELAY_AD_ACCOUNT_ID");
}

TEST(ConfigTokens, HaveOnePlaceOnly) {
    const auto in_environment = load(std::nullopt, variables(enough_and("PINRELAY_ACCESS_TOKEN_FILE", "/none")));
    const auto in_file =
        load_text(R"({"accounts": [{"ad_account_id": "1", "access_token": "t", "access_token_env": "HOME"}]})", {});

    ASSERT_EQ(in_environment.problems.size(), 1u) << texts(in_environment);
    EXPECT_EQ(in_environment.problems[0].key, "PINRELAY_ACCESS_TOKEN_FILE");
    ASSERT_EQ(in_file.problems.size(), 1u) << texts(in_file);
}

TEST(ConfigTokens, SayWhichPlaceHoldsNone) {
    const auto no_file = load(
        std::nullopt, variables({{"PINRELAY_AD_ACCOUNT_ID", "1"}, {"PINRELAY_ACCESS_TOKEN_FILE", "/nonexistent"}}));
    const auto no_variable =
        load_text(R"({"accounts": [{"ad_account_id": "1", "access_token_env": "SHOP_TOKEN"}]})", {});

    ASSERT_EQ(no_file.problems.size(), 1u) << texts(no_file);
    EXPECT_EQ(no_file.problems[0].text(), "environment: PINRELAY_ACCESS_TOKEN_FILE: the file cannot be read");
    ASSERT_EQ(no_variable.problems.size(), 1u) << texts(no_variable);
    EXPECT_EQ(no_variable.problems[0].key, "accounts[0].access_token_env");
}

// A token may stand in any wrong place: no reason may repeat it.
TEST(ConfigTokens, AppearInNoProblem) {
    const std::string token = "pina_SECRET0123456789";
    std::string all;
    for (const auto& name : {"PINRELAY_LISTEN", "PINRELAY_AD_ACCOUNT_ID", "PINRELAY_ENDPOINT", "PINRELAY_PROFILE",
                             "PINRELAY_WORKERS", "PINRELAY_BATCH_LINGER", "PINRELAY_ACCESS_TOKEN_FILE",
                             "PINRELAY_ALLOWED_ORIGINS", "PINRELAY_TEST_MODE", "PINRELAY_UNKNOWN"})
        all += texts(load(std::nullopt, variables({{name, token}})));
    all += texts(load(std::nullopt, variables(enough_and("PINRELAY_ACCESS_TOKEN", token + " " + token))));
    for (const char* key : {"ad_account_id", "access_token_file", "access_token_env", "test_mode", "hosts", "mapping"})
        all += texts(load_text(R"({"accounts": [{")" + std::string(key) + R"(": ")" + token + R"("}]})", {}));
    all += texts(load_text(R"({"accounts": [{"access_token": ")" + token + "}]}", {}));
    all += texts(load_text(R"({"accounts": [{"access_token": ")" + token + "\n\"}]}", {}));

    EXPECT_FALSE(all.empty());
    EXPECT_EQ(all.find("SECRET"), std::string::npos) << all;
}

}  // namespace
}  // namespace pinrelay::config
