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
    EXPECT_EQ(without_token.problems[0].key, "PINRELAY_ACCESS_TOKEN");
    ASSERT_EQ(without_id.problems.size(), 1u) << texts(without_id);
    EXPECT_EQ(without_id.problems[0].key, "PINRELAY_AD_ACCOUNT_ID");
}

TEST(ConfigAccounts, TheHintTellsAnAdAccountFromATag) {
    const auto loaded = load(std::nullopt, variables(enough_and("PINRELAY_AD_ACCOUNT_ID", "tag-2612345678901")));

    ASSERT_EQ(loaded.problems.size(), 1u);
    EXPECT_NE(loaded.problems[0].reason.find("not the tag id"), std::string::npos);
}

TEST(ConfigAccounts, ATagIdIsWarnedOf) {
    const auto of_id = [](const char* id) {
        return load(std::nullopt, variables(enough_and("PINRELAY_AD_ACCOUNT_ID", id)));
    };
    const auto in_file = load_text(R"({"accounts": [{"ad_account_id": "2612345678901", "access_token": "t"}]})", {});

    const auto loaded = of_id("2612345678901");

    EXPECT_TRUE(loaded.problems.empty()) << texts(loaded);
    ASSERT_EQ(loaded.warnings.size(), 1u);
    EXPECT_TRUE(loaded.warnings[0].text().starts_with(
        "environment: PINRELAY_AD_ACCOUNT_ID: has 13 digits and begins with 26, as tag ids do"));
    ASSERT_EQ(in_file.warnings.size(), 1u);
    EXPECT_EQ(in_file.warnings[0].key, "accounts[0].ad_account_id");
    for (const char* id : {"549755885175", "5497558851751", "261234567890", "26123456789012"})
        EXPECT_TRUE(of_id(id).warnings.empty()) << id;
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
    EXPECT_EQ(no_file.problems[0].text(),
              "environment: PINRELAY_ACCESS_TOKEN_FILE: /nonexistent: there is no such file");
    ASSERT_EQ(no_variable.problems.size(), 1u) << texts(no_variable);
    EXPECT_EQ(no_variable.problems[0].key, "accounts[0].access_token_env");
}

struct TokenRow {
    const char* text;
    const char* reason;  // the beginning; "" for a good token
};

class ConfigTokenForms : public testing::TestWithParam<TokenRow> {};

// Wherever it is written: in a variable, in the file, in a file of its own or in a variable that the file names.
TEST_P(ConfigTokenForms, AreJudgedByName) {
    const auto& [text, reason] = GetParam();
    const TemporaryFile token_file(std::string(text) + "\n");
    std::string escaped;
    for (const char c : std::string_view(text)) escaped += (c == '"' || c == '\\' ? "\\" : "") + std::string(1, c);
    const std::string begin = R"({"accounts": [{"ad_account_id": "1", )";
    const Loaded all[] = {
        load(std::nullopt, variables(enough_and("PINRELAY_ACCESS_TOKEN", text))),
        load(std::nullopt,
             variables({{"PINRELAY_AD_ACCOUNT_ID", "1"}, {"PINRELAY_ACCESS_TOKEN_FILE", token_file.path().string()}})),
        load_text(begin + R"("access_token": ")" + escaped + "\"}]}", {}),
        load_text(begin + R"("access_token_file": ")" + token_file.path().string() + "\"}]}", {}),
        load_text(begin + R"("access_token_env": "SHOP_TOKEN"}]})", {{"SHOP_TOKEN", text}}),
    };

    for (const auto& loaded : all) {
        ASSERT_EQ(loaded.problems.size(), *reason == '\0' ? 0u : 1u) << texts(loaded);
        if (*reason == '\0') continue;
        EXPECT_TRUE(loaded.problems[0].reason.starts_with(reason)) << loaded.problems[0].text();
    }
}

INSTANTIATE_TEST_SUITE_P(
    Tokens, ConfigTokenForms,
    testing::Values(TokenRow{"pina_ABC0123", ""}, TokenRow{"\"pina_ABC0123\"", "has quotes"},
                    TokenRow{"'pina_ABC0123'", "has quotes"}, TokenRow{"pina_ABC0123\"", "has quotes"},
                    TokenRow{"\u201cpina_ABC0123\u201d", "has quotes"},
                    TokenRow{"Bearer pina_ABC0123", "begins with \"Bearer\""},
                    TokenRow{"bearer pina_ABC0123", "begins with \"Bearer\""},
                    TokenRow{"\"Bearer pina_ABC0123\"", "begins with \"Bearer\""},
                    TokenRow{"Authorization: Bearer pina_ABC0123", "begins with \"Bearer\""},
                    TokenRow{"pina_\u2026", "is the placeholder"}, TokenRow{"<your token>", "is the placeholder"},
                    TokenRow{"${PINTEREST_TOKEN}", "is the name of a variable"},
                    TokenRow{"PINRELAY_ACCESS_TOKEN=pina_ABC0123", "is a whole line"}, TokenRow{"pina_ABC0123==", ""},
                    TokenRow{"{\"access_token\":\"pina_ABC0123\"}", "is a JSON document"},
                    TokenRow{"{{ token }}", "is the name of a variable"},
                    TokenRow{"pina_ABC0123\\n", "holds a backslash"},
                    TokenRow{"pina_ABC 0123", "the access token holds a space"},
                    TokenRow{"pina_ABC\u00e9", "the access token holds a space"}));

TEST(ConfigTokens, AFileThatCannotBeReadIsNamedWithItsReason) {
    const auto reason_of = [](const std::string& path) {
        const auto loaded =
            load(std::nullopt, variables({{"PINRELAY_AD_ACCOUNT_ID", "1"}, {"PINRELAY_ACCESS_TOKEN_FILE", path}}));
        return loaded.problems.size() == 1 ? loaded.problems[0].reason : texts(loaded);
    };
    const TemporaryFile file("pina_x");

    EXPECT_EQ(reason_of("/nonexistent/token"), "/nonexistent/token: there is no such file");
    EXPECT_EQ(reason_of("token.txt"), "token.txt: there is no such file");
    EXPECT_EQ(reason_of("/"), "/: is a directory, and not a file");
    EXPECT_EQ(reason_of(file.path().string() + "/token"),
              file.path().string() + "/token: cannot be read: Not a directory");
    EXPECT_EQ(reason_of("0123456789abcdef0123"), "the file: there is no such file");
    EXPECT_EQ(reason_of("/0123456789abcdef+0123"), "the file: there is no such file");
    EXPECT_EQ(reason_of("/tmp/pina_0123"), "the file: there is no such file");
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

TEST(ConfigAccounts, RequireIsAListOfSendersForEachEvent) {
    const auto loaded =
        with_second("", R"(, "hosts": ["a.example"], "require": {"purchase": ["signing_keys", "keys"]})");

    EXPECT_TRUE(loaded.config.accounts[0].require.empty());
    ASSERT_EQ(loaded.config.accounts[1].require.size(), 1u) << texts(loaded);
    EXPECT_EQ(loaded.config.accounts[1].require[0].key, "accounts[1].require[\"purchase\"]");
    EXPECT_EQ(loaded.config.accounts[1].require[0].event_name, "purchase");
    EXPECT_EQ(loaded.config.accounts[1].require[0].senders, (std::vector<std::string>{"signing_keys", "keys"}));
}

TEST(ConfigAccounts, RequireNamesWhatIsWrong) {
    const auto problem = [](const std::string& require) {
        const auto loaded =
            load_text(R"({"accounts": [{"ad_account_id": "1", "access_token": "t", "require": )" + require + "}]}", {});
        return texts(loaded);
    };

    EXPECT_NE(problem(R"({"purchase": ["key"]})")
                  .find("accounts[0].require[\"purchase\"][0]: must be one of "
                        "\"signing_keys\", \"keys\", \"networks\", \"browsers\"; is "
                        "\"keys\" meant?"),
              std::string::npos)
        << problem(R"({"purchase": ["key"]})");
    EXPECT_NE(problem(R"({"purchase": []})").find("must have at least one entry"), std::string::npos);
    EXPECT_NE(problem(R"({"purchase": "keys"})").find("accounts[0].require[\"purchase\"]: must be a list"),
              std::string::npos);
    EXPECT_NE(problem(R"(["purchase"])").find("accounts[0].require: must be an object"), std::string::npos);
    EXPECT_NE(problem(R"({"": ["keys"]})").find("must have a name"), std::string::npos);
}

TEST(ConfigAccounts, RequireInAnotherPlaceIsSentHome) {
    EXPECT_NE(texts(load_text(R"({"require": {"purchase": ["keys"]}})")).find("inside an entry of \"accounts\""),
              std::string::npos);
}

}  // namespace
}  // namespace pinrelay::config
