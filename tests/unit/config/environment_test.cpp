#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "fixture.hpp"

namespace pinrelay::config {
namespace {
using namespace std::chrono_literals;

Loaded from_environment(Variables set) { return load(std::nullopt, variables(std::move(set))); }

TEST(ConfigEnvironment, AnIdAndATokenAreEnough) {
    const auto loaded = from_environment(enough());

    ASSERT_TRUE(loaded.problems.empty()) << texts(loaded);
    EXPECT_EQ(loaded.config.listen, "0.0.0.0:8080");
    ASSERT_EQ(loaded.config.accounts.size(), 1u);
    EXPECT_EQ(loaded.config.accounts[0].ad_account_id, "549755885175");
    EXPECT_EQ(loaded.config.accounts[0].access_token.reveal(), "pina_token");
}

TEST(ConfigEnvironment, SetsEverythingThatAContainerNeeds) {
    Variables set = enough();
    set.insert({{"PINRELAY_LISTEN", "0.0.0.0:80"},
                {"PINRELAY_ALLOWED_ORIGINS", "https://a.example, https://b.example"},
                {"PINRELAY_BATCH_LINGER", "50ms"},
                {"PINRELAY_TEST_MODE", "1"},
                {"PINRELAY_PROFILE", "extended"},
                {"PINRELAY_DEFAULT_REGION", "DE"},
                {"PINRELAY_WORKERS", "2"},
                {"PINRELAY_SPOOL_MAX_BYTES", "1GiB"},
                {"PINRELAY_SEGMENT", "true"}});

    const auto loaded = from_environment(set);

    ASSERT_TRUE(loaded.problems.empty()) << texts(loaded);
    EXPECT_EQ(loaded.config.listen, "0.0.0.0:80");
    EXPECT_EQ(loaded.config.allowed_origins, (std::vector<std::string>{"https://a.example", "https://b.example"}));
    EXPECT_EQ(loaded.config.batch_linger, 50ms);
    EXPECT_EQ(loaded.config.workers, 2u);
    EXPECT_EQ(loaded.config.spool_max_bytes, 1024u * 1024u * 1024u);
    EXPECT_TRUE(loaded.config.segment);
    EXPECT_TRUE(loaded.config.accounts[0].test_mode);
    EXPECT_EQ(loaded.config.accounts[0].mapping.profile, "extended");
    EXPECT_EQ(loaded.config.accounts[0].mapping.default_region, "DE");
}

TEST(ConfigEnvironment, WinsOverTheFile) {
    const auto loaded = load_text(R"({"listen": "127.0.0.1:1", "mapping": {"profile": "standard"},
                                      "accounts": [{"ad_account_id": "1", "access_token": "pina_file",
                                                    "mapping": {"profile": "standard"}}]})",
                                  {{"PINRELAY_LISTEN", "127.0.0.1:2"},
                                   {"PINRELAY_AD_ACCOUNT_ID", "2"},
                                   {"PINRELAY_ACCESS_TOKEN", "pina_environment"},
                                   {"PINRELAY_PROFILE", "extended"}});

    ASSERT_TRUE(loaded.problems.empty()) << texts(loaded);
    EXPECT_EQ(loaded.config.listen, "127.0.0.1:2");
    ASSERT_EQ(loaded.config.accounts.size(), 1u);
    EXPECT_EQ(loaded.config.accounts[0].ad_account_id, "2");
    EXPECT_EQ(loaded.config.accounts[0].access_token.reveal(), "pina_environment");
    EXPECT_EQ(loaded.config.accounts[0].mapping.profile, "extended");
}

TEST(ConfigEnvironment, NamesTheVariableThatIsWrong) {
    for (const auto& [name, text] : Variables{{"PINRELAY_LISTEN", "8080"},
                                              {"PINRELAY_WORKERS", "two"},
                                              {"PINRELAY_TEST_MODE", "yes please"},
                                              {"PINRELAY_BATCH_LINGER", "1"},
                                              {"PINRELAY_PROFILE", "best"},
                                              {"PINRELAY_PREFIXES", ","},
                                              {"PINRELAY_AD_ACCOUNT_ID", "act_1"}}) {
        const auto loaded = from_environment(enough_and(name, text));

        ASSERT_EQ(loaded.problems.size(), 1u) << name << "\n" << texts(loaded);
        EXPECT_EQ(loaded.problems[0].where, "environment");
        EXPECT_TRUE(loaded.problems[0].key.starts_with(name)) << loaded.problems[0].key;
    }
}

TEST(ConfigEnvironment, TheNearestChoiceIsSuggested) {
    const auto reason_of = [](const char* name, const char* text) {
        const auto loaded = from_environment(enough_and(name, text));
        return loaded.problems.empty() ? "" : loaded.problems[0].reason;
    };

    EXPECT_EQ(reason_of("PINRELAY_PROFILE", "extendd"),
              "must be one of \"standard\", \"extended\"; is \"extended\" meant?");
    EXPECT_EQ(reason_of("PINRELAY_LOG_LEVEL", "WARN"),
              "must be one of \"debug\", \"info\", \"warn\", \"error\", \"off\"; is \"warn\" meant?");
    EXPECT_EQ(reason_of("PINRELAY_CLICK_ID_ORDER", "url,cookies"),
              "must be one of \"field\", \"url\", \"cookie\"; is \"cookie\" meant?");
    EXPECT_EQ(reason_of("PINRELAY_PROFILE", "pinterest"), "must be one of \"standard\", \"extended\"");
}

TEST(ConfigEnvironment, QuotesAroundAValueAreNamed) {
    for (const auto& [name, text] : Variables{{"PINRELAY_LISTEN", "\"0.0.0.0:80\""},
                                              {"PINRELAY_DATA_DIR", "'/var/lib/pinrelay'"},
                                              {"PINRELAY_TEST_MODE", "\"true\""},
                                              {"PINRELAY_PROFILE", "\"extended\""},
                                              {"PINRELAY_AD_ACCOUNT_ID", "\"549755885175\""}}) {
        const auto loaded = from_environment(enough_and(name, text));

        ASSERT_EQ(loaded.problems.size(), 1u) << name << "\n" << texts(loaded);
        EXPECT_EQ(loaded.problems[0].key, name);
        EXPECT_TRUE(loaded.problems[0].reason.starts_with("is written in quotes")) << loaded.problems[0].reason;
    }
}

TEST(ConfigEnvironment, AMisspeltVariableStandsForWhatIsMissing) {
    const auto loaded =
        from_environment({{"PINRELAY_AD_ACOUNT_ID", "549755885175"}, {"PINRELAY_ACCESS_TOKN", "pina_token"}});

    ASSERT_EQ(loaded.problems.size(), 2u) << texts(loaded);
    EXPECT_EQ(loaded.problems[0].key, "PINRELAY_ACCESS_TOKN");
    EXPECT_EQ(loaded.problems[1].key, "PINRELAY_AD_ACOUNT_ID");
}

TEST(ConfigEnvironment, OriginsNameTheVariableThatHasSetAKey) {
    const auto loaded =
        load_text(R"({"admin": "127.0.0.1:1", "listen": "127.0.0.1:2"})", enough_and("PINRELAY_ADMIN", "127.0.0.1:3"));

    EXPECT_EQ(loaded.origins.name("admin"), "PINRELAY_ADMIN");
    EXPECT_EQ(loaded.origins.name("listen"), "listen");
    EXPECT_EQ(loaded.origins.problem("admin", "", "is wrong").text(), "environment: PINRELAY_ADMIN: is wrong");
    EXPECT_EQ(loaded.origins.problem("listen", "[0]", "is wrong").key, "listen[0]");
    EXPECT_NE(loaded.origins.problem("listen", "", "is wrong").where, "environment");
}

TEST(ConfigEnvironment, WithoutAFileEachKeyIsKnownByItsVariable) {
    const auto loaded = from_environment(enough_and("PINRELAY_RETRY_CAP", "1ms"));

    ASSERT_EQ(loaded.problems.size(), 1u) << texts(loaded);
    EXPECT_EQ(loaded.problems[0].text(),
              "environment: PINRELAY_RETRY_CAP: must not be shorter than PINRELAY_RETRY_BASE");
    EXPECT_EQ(loaded.origins.name("collect.tls_key_file"), "PINRELAY_TLS_KEY_FILE");
}

TEST(ConfigEnvironment, AnEmptyVariableIsUnset) {
    const auto loaded = from_environment(enough_and("PINRELAY_LISTEN", ""));

    EXPECT_TRUE(loaded.problems.empty()) << texts(loaded);
    EXPECT_EQ(loaded.config.listen, "0.0.0.0:8080");
}

TEST(ConfigEnvironment, AMisspeltVariableIsAProblem) {
    const auto loaded = from_environment(enough_and("PINRELAY_ADD_ACCOUNT_ID", "1"));

    ASSERT_EQ(loaded.problems.size(), 1u) << texts(loaded);
    EXPECT_EQ(loaded.problems[0].text(),
              "environment: PINRELAY_ADD_ACCOUNT_ID: is not known; is \"PINRELAY_AD_ACCOUNT_ID\" meant?");
}

TEST(ConfigEnvironment, LeavesAloneWhatKubernetesMakesUpFromTheNameOfAService) {
    Variables set = enough();
    set.insert({{"PINRELAY_SERVICE_HOST", "10.0.0.1"},
                {"PINRELAY_SERVICE_PORT", "80"},
                {"PINRELAY_SERVICE_PORT_HTTP", "80"},
                {"PINRELAY_PORT", "tcp://10.0.0.1:80"},
                {"PINRELAY_PORT_80_TCP", "tcp://10.0.0.1:80"},
                {"PINRELAY_PORT_80_TCP_PROTO", "tcp"},
                {"PINRELAY_CONFIG", "/etc/pinrelay.json"},
                {"PINRELAY", "not ours"}});

    EXPECT_TRUE(from_environment(set).problems.empty());
    EXPECT_EQ(from_environment(enough_and("PINRELAY_PORT", "8080")).problems.size(), 1u);
}

TEST(ConfigEnvironment, BlanksAndLineEndsAroundAValueDoNotMatter) {
    auto set = enough_and("PINRELAY_DEBUG", "false\r");
    set["PINRELAY_AD_ACCOUNT_ID"] = " 549755885175\r\n";
    set["PINRELAY_PROFILE"] = " \r";
    const auto loaded = from_environment(set);

    EXPECT_TRUE(loaded.problems.empty()) << texts(loaded);
    EXPECT_EQ(loaded.config.debug, false);
    EXPECT_EQ(loaded.config.accounts.at(0).ad_account_id, "549755885175");
}

TEST(ConfigEnvironment, AListIsNotWrittenAsJsonAndNoValueBeginsWithAQuote) {
    const auto as_json = from_environment(enough_and("PINRELAY_TRUSTED_PROXIES", R"(["10.0.0.1"])"));
    const auto half = from_environment(enough_and("PINRELAY_DATA_DIR", "\"/var/lib/pinrelay"));

    ASSERT_EQ(as_json.problems.size(), 1u) << texts(as_json);
    EXPECT_NE(as_json.problems[0].reason.find("separated by commas"), std::string::npos);
    ASSERT_EQ(half.problems.size(), 1u) << texts(half);
    EXPECT_NE(half.problems[0].reason.find("in quotes"), std::string::npos);
}

TEST(ConfigEnvironment, AnUnknownNameIsComparedWithoutWhatAllBeginWith) {
    const auto reason = [](const char* name) {
        const auto loaded = from_environment(enough_and(name, "x"));
        return loaded.problems.empty() ? "" : loaded.problems[0].reason;
    };

    EXPECT_EQ(reason("PINRELAY_HOSTS"), "is not known");
    EXPECT_EQ(reason("PINRELAY_TOKEN"), "is not known; is \"PINRELAY_ACCESS_TOKEN\" meant?");
    EXPECT_EQ(reason("PINRELAY_AD_ACCOUNT"), "is not known; is \"PINRELAY_AD_ACCOUNT_ID\" meant?");
    EXPECT_EQ(reason("PINRELAY_PORT"), "is not known; is \"PINRELAY_LISTEN\" meant?");
    EXPECT_EQ(reason("PINRELAY_TRUSTED_PROXY"), "is not known; is \"PINRELAY_TRUSTED_PROXIES\" meant?");
    EXPECT_EQ(reason("PINRELAY_LOG"), "is not known") << "three variables begin so";
}

TEST(ConfigEnvironment, TheVariableThatIsSetIsNamedOfTwoThatDoNotFit) {
    const TemporaryFile file("{}");
    const auto loaded = load(file.path(), variables(enough_and("PINRELAY_RETRY_BASE", "2m")));

    ASSERT_EQ(loaded.problems.size(), 1u) << texts(loaded);
    EXPECT_EQ(loaded.problems[0].key, "PINRELAY_RETRY_BASE");
}

TEST(ConfigEnvironment, AFunctionAloneWillDo) {
    const auto loaded = load(std::nullopt, Environment([](const std::string& name) -> std::optional<std::string> {
                                 const auto set = enough();
                                 const auto found = set.find(name);
                                 return found == set.end() ? std::nullopt : std::optional(found->second);
                             }));

    EXPECT_TRUE(loaded.problems.empty()) << texts(loaded);
}

TEST(ConfigEnvironment, OfTheProcessKnowsNamesAndTexts) {
    ::setenv("PINRELAY_TEST_OF_ENVIRONMENT", "here", 1);  // NOLINT(concurrency-mt-unsafe)

    const Environment environment = process_environment();
    const auto names = environment.names();

    EXPECT_EQ(environment.get("PINRELAY_TEST_OF_ENVIRONMENT"), "here");
    EXPECT_EQ(environment.get("PINRELAY_NOBODY_SET_THIS"), std::nullopt);
    EXPECT_NE(std::ranges::find(names, "PINRELAY_TEST_OF_ENVIRONMENT"), names.end());
    ::unsetenv("PINRELAY_TEST_OF_ENVIRONMENT");  // NOLINT(concurrency-mt-unsafe)
}

}  // namespace
}  // namespace pinrelay::config
