#include "pinrelay/app/check.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/checks/checks.hpp"
#include "fixtures/temporary_directory.hpp"
#include "fixtures/test_logger.hpp"

namespace pinrelay::app {
namespace {

using Variables = std::map<std::string, std::string>;

class Check : public testing::Test {
protected:
    test::TemporaryDirectory folder_;

    // What `check` finds in a file of that text under these variables, with an account and a data directory.
    config::Loaded loaded(const std::string& text, Variables set = {}) {
        set.insert({{"PINRELAY_AD_ACCOUNT_ID", "549755885175"},
                    {"PINRELAY_ACCESS_TOKEN", "pina_token"},
                    {"PINRELAY_DATA_DIR", folder_.path().string()}});
        return loaded_without_account(text, std::move(set));
    }

    config::Loaded loaded_without_account(const std::string& text, const Variables& set) {
        const auto file = folder_.path() / "pinrelay.json";
        std::ofstream(file) << text;
        const auto read = [set](const std::string& name) -> std::optional<std::string> {
            const auto found = set.find(name);
            return found == set.end() ? std::nullopt : std::optional<std::string>(found->second);
        };
        auto result = config::load(file, config::Environment(read));
        check(result);
        return result;
    }

    static std::string texts(const std::vector<config::Problem>& problems) {
        std::string all;
        for (const auto& problem : problems) all += problem.text() + "\n";
        return all;
    }

    // The keys of the problems, each behind a blank.
    static std::string keys(const std::vector<config::Problem>& problems) {
        std::string all;
        for (const auto& problem : problems) all += (all.empty() ? "" : " ") + problem.key;
        return all;
    }
};

TEST_F(Check, ReadsTheFilesOfItemIdsWhateverElseIsWrong) {
    const auto found = loaded(R"({"admin": "nowhere", "mapping": {"item_id_map_file": "/nowhere/ids.csv"}})");
    const auto by_variable = loaded("{}", {{"PINRELAY_ITEM_ID_MAP_FILE", "/nowhere/ids.csv"}});

    EXPECT_NE(texts(found.problems).find("mapping.item_id_map_file: /nowhere/ids.csv: there is no such file"),
              std::string::npos)
        << texts(found.problems);
    EXPECT_NE(texts(by_variable.problems).find("PINRELAY_ITEM_ID_MAP_FILE: /nowhere/ids.csv: there is no such file"),
              std::string::npos)
        << texts(by_variable.problems);
}

TEST_F(Check, FindsNothingInAGoodConfiguration) {
    const auto result = loaded("{}");

    EXPECT_EQ(texts(result.problems), "");
    EXPECT_EQ(texts(result.warnings), "");
}

TEST_F(Check, FindsFormMeaningAccountsAndFilesInOneRun) {
    const auto result =
        loaded(R"({"workers": "many", "endpoint": "http://api.example.com", "ca_file": "/nonexistent/ca",
        "listen": "relay:80", "collect": {"trusted_proxies": ["10.0.0.0/8", "nginx", "10.0.0.0/33"],
                                          "tls_certificate_file": "/nonexistent/chain.pem"},
        "mapping": {"profile": "extendd", "events": {
            "purchase": {"drop": true, "parameters": {"custom_data.x": {"value": 1}}},
            "view_item": {"name": "no spaces"},
            "search": {"parameters": {"user_data": {"value": "x"}, "custom_data.y": {"from": "/y"}}}}},
        "accounts": [{"ad_account_id": "1", "access_token": "t", "allow_networks": ["office"], "hosts": ["a.example"]},
                     {"ad_account_id": "act_2", "access_token_file": "/nonexistent/token"}]})",
               {{"PINRELAY_AD_ACCOUNT_ID", ""}, {"PINRELAY_ACCESS_TOKEN", ""}});

    for (const char* key :
         {"workers", "endpoint", "ca_file", "listen", "collect.trusted_proxies[1]", "collect.trusted_proxies[2]",
          "collect.tls_key_file", "collect.tls_certificate_file", "mapping.profile", "mapping.events[\"purchase\"]",
          "mapping.events[\"purchase\"].parameters[\"custom_data.x\"]", "mapping.events[\"view_item\"].name",
          "mapping.events[\"search\"].parameters[\"user_data\"]",
          "mapping.events[\"search\"].parameters[\"custom_data.y\"]", "accounts[0].allow_networks[0]",
          "accounts[1].ad_account_id", "accounts[1].access_token_file"})
        EXPECT_EQ(std::ranges::count_if(result.problems, [&](const auto& problem) { return problem.key == key; }), 1)
            << key << "\n"
            << texts(result.problems);
    EXPECT_EQ(result.problems.size(), 17u) << texts(result.problems);
}

TEST_F(Check, FindsWhatIsWrongBesideAWrongEntryOfTheSameList) {
    const auto result =
        loaded(R"({"collect": {"trusted_proxies": ["", "nginx", 5, "10.0.0.0/33", "10.0.0.1 10.0.0.2"]}})");

    EXPECT_EQ(keys(result.problems),
              "collect.trusted_proxies[0] collect.trusted_proxies[2] collect.trusted_proxies[1] "
              "collect.trusted_proxies[3] collect.trusted_proxies[4]");
    EXPECT_NE(result.problems.back().reason.find("separate them by commas"), std::string::npos);
}

TEST_F(Check, FindsWhatIsWrongBesideAWrongChoiceInAList) {
    const auto result = loaded(R"({"mapping": {"click_id_order": ["url", "x"], "item_id": ["", "item_id"]}})");

    EXPECT_EQ(keys(result.problems), "mapping.click_id_order[1] mapping.item_id[0]");
}

TEST_F(Check, WarnsOfTrustedProxiesThatCoverTheVisitors) {
    const auto wide = loaded(R"({"collect": {"trusted_proxies": ["0.0.0.0/0", "::/0", "10.0.0.0/8", "fd00::/8"]}})");

    EXPECT_EQ(keys(wide.warnings), "collect.trusted_proxies[0] collect.trusted_proxies[1]");
    EXPECT_EQ(texts(wide.problems), "");
}

TEST_F(Check, WarnsOfARegionThatIsNoCountry) {
    EXPECT_EQ(keys(loaded("{}", {{"PINRELAY_DEFAULT_REGION", "ZZ"}}).warnings), "PINRELAY_DEFAULT_REGION");
    EXPECT_EQ(texts(loaded("{}", {{"PINRELAY_DEFAULT_REGION", "DE"}}).warnings), "");
}

TEST_F(Check, FindsACertificateAndAKeyThatCannotBeRead) {
    const auto result =
        loaded(R"({"collect": {"tls_certificate_file": "/nowhere/chain.pem", "tls_key_file": "/nowhere/key.pem"}})");

    EXPECT_EQ(keys(result.problems), "collect.tls_certificate_file collect.tls_key_file");
}

TEST_F(Check, SaysNothingOfDefaultsThatStandInForAnUnreadFile) {
    const auto result =
        loaded_without_account("{\"admin\": \"127.0.0.1:9091\",}", {{"PINRELAY_LISTEN", "127.0.0.1:9090"}});

    ASSERT_EQ(result.problems.size(), 1u) << texts(result.problems);
    EXPECT_EQ(result.problems[0].key, "line 1, column 27");
    EXPECT_EQ(texts(result.warnings), "");
}

TEST_F(Check, NamesTheVariableThatHasSetAValue) {
    const auto result = loaded("{}", {{"PINRELAY_TRUSTED_PROXIES", "10.0.0.0/8, nginx, localhost"},
                                      {"PINRELAY_CA_FILE", "/nonexistent/ca.pem"},
                                      {"PINRELAY_ENDPOINT", "http://api.example.com"},
                                      {"PINRELAY_LISTEN", "relay:8080"}});

    EXPECT_EQ(
        keys(result.problems),
        "PINRELAY_ENDPOINT PINRELAY_CA_FILE PINRELAY_LISTEN PINRELAY_TRUSTED_PROXIES[1] PINRELAY_TRUSTED_PROXIES[2]");
    for (const auto& problem : result.problems) EXPECT_EQ(problem.where, "environment");
    EXPECT_NE(result.problems[3].reason.find("give the address"), std::string::npos);
}

TEST_F(Check, TheTwoPortsDiffer) {
    const auto key_of = [&](const char* listen, const char* admin) {
        const auto result = loaded("{}", {{"PINRELAY_LISTEN", listen}, {"PINRELAY_ADMIN", admin}});
        return keys(result.problems);
    };

    EXPECT_EQ(key_of("127.0.0.1:9090", "127.0.0.1:9090"), "PINRELAY_LISTEN");  // that of admin is the default
    EXPECT_EQ(key_of("0.0.0.0:9090", ""), "PINRELAY_LISTEN");
    EXPECT_EQ(key_of("127.0.0.1:8081", "127.0.0.1:8081"), "PINRELAY_ADMIN");
    EXPECT_EQ(key_of("127.0.0.1:0", "127.0.0.1:0"), "");
    EXPECT_EQ(key_of("127.0.0.1:8080", "127.0.0.1:9090"), "");
}

TEST_F(Check, NamesTheFileThatCannotBeUsed) {
    const auto no_pem = folder_.path() / "ca.pem";
    std::ofstream(no_pem) << "no certificate";
    const auto reason_of = [&](const std::string& file) {
        const auto result = loaded("{}", {{"PINRELAY_CA_FILE", file}});
        return result.problems.size() == 1 ? result.problems[0].reason : texts(result.problems);
    };

    EXPECT_EQ(reason_of("/nonexistent/ca.pem"), "/nonexistent/ca.pem: there is no such file");
    EXPECT_EQ(reason_of(folder_.path().string()), folder_.path().string() + ": is a directory, and not a file");
    EXPECT_TRUE(reason_of(no_pem.string()).starts_with(no_pem.string() + ": holds no certificate"));
}

TEST_F(Check, TriesTheDataDirectoryAndLeavesNoTrace) {
    const auto file = folder_.path() / "file";
    std::ofstream(file) << "x";
    const auto below_a_file = loaded("{}", {{"PINRELAY_DATA_DIR", (file / "data").string()}});
    const auto new_one = loaded("{}", {{"PINRELAY_DATA_DIR", (folder_.path() / "a/b").string()}});

    EXPECT_EQ(keys(below_a_file.problems), "PINRELAY_DATA_DIR");
    EXPECT_EQ(texts(new_one.problems) + texts(new_one.warnings), "");
    EXPECT_FALSE(std::filesystem::exists(folder_.path() / "a"));
}

TEST_F(Check, WarnsOfADataDirectoryThatThisUserCannotWrite) {
    namespace fs = std::filesystem;
    const auto locked = folder_.path() / "locked";
    fs::create_directory(locked);
    fs::permissions(locked, fs::perms(0555));
    fs::permissions(folder_.path(), fs::perms(0755));
    constexpr uid_t nobody = 65534;
    const bool is_root = ::geteuid() == 0;  // root may write anywhere
    config::Loaded directory;
    config::Loaded below;
    directory.config.data_dir = locked;
    below.config.data_dir = locked / "data";

    const int given_up = is_root ? ::seteuid(nobody) : 0;
    for (auto* loaded : {&directory, &below}) {
        Findings findings(*loaded);
        check_data_directory(findings);
    }
    const int taken_back = is_root ? ::seteuid(0) : 0;

    ASSERT_EQ(given_up + taken_back, 0);

    for (const auto& result : {directory, below}) {
        ASSERT_EQ(keys(result.warnings), "data_dir");
        EXPECT_TRUE(result.warnings[0].reason.starts_with(locked.string() + " cannot be written"))
            << texts(result.warnings);
        EXPECT_EQ(texts(result.problems), "");
    }
}

TEST_F(Check, WarnsOfADamagedKeyOfTheProofCookieWhereItIsUsed) {
    std::ofstream(folder_.path() / "proof_key") << "cut";

    const auto used = loaded("{}");
    const auto off = loaded(R"({"cookies": {"proof": false}})");

    EXPECT_NE(texts(used.warnings).find("PINRELAY_DATA_DIR: " + folder_.path().string() + "/proof_key"),
              std::string::npos)
        << texts(used.warnings);
    EXPECT_EQ(texts(off.warnings).find("proof_key"), std::string::npos) << texts(off.warnings);
}

TEST_F(Check, WarnsOfRulesThatCanHardlyBeRight) {
    const auto result = loaded(R"({"mapping": {"events": {
        "purchse": {"name": "checkout"}, "login": {"name": "quiz_done"}, "quiz_done": {"name": "Checkout"},
        "purchase": {"parameters": {"custom_data.value": {"value": "abc"}}}}}})");

    EXPECT_EQ(texts(result.problems), "");
    EXPECT_EQ(keys(result.warnings),
              "mapping.events[\"login\"].name "
              "mapping.events[\"purchase\"].parameters[\"custom_data.value\"] "
              "mapping.events[\"purchse\"] mapping.events[\"quiz_done\"].name");
}

TEST_F(Check, WarnsOfAProxyProtocolWithoutAProxy) {
    const auto none = loaded(R"({"collect": {"proxy_protocol": true}})");
    const auto some = loaded(R"({"collect": {"proxy_protocol": true, "trusted_proxies": ["10.0.0.1"]}})");
    const auto misspelt = loaded(R"({"collect": {"proxy_protocol": true, "trusted_proxy": ["10.0.0.1"]}})");

    EXPECT_EQ(keys(none.warnings), "collect.proxy_protocol");
    EXPECT_EQ(texts(some.warnings) + texts(misspelt.warnings), "");
}

TEST_F(Check, SaysOnceWhatAccountsShare) {
    const auto result = loaded(R"({"mapping": {"events": {"purchse": {"name": "lead"}, "a": {"name": "no spaces"}}},
        "accounts": [{"ad_account_id": "1", "access_token": "t", "hosts": ["a.example"]},
                     {"ad_account_id": "2", "access_token": "t",
                      "mapping": {"events": {"serach": {"name": "search"}}}}]})",
                               {{"PINRELAY_AD_ACCOUNT_ID", ""}, {"PINRELAY_ACCESS_TOKEN", ""}});

    EXPECT_EQ(keys(result.problems), "mapping.events[\"a\"].name");
    EXPECT_EQ(keys(result.warnings), "mapping.events[\"purchse\"] accounts[1].mapping.events[\"serach\"]");
}

TEST_F(Check, RepeatsNoValue) {
    const std::string token = "pina_SECRET0123456789";
    std::string all;
    for (const char* name : {"PINRELAY_TRUSTED_PROXIES", "PINRELAY_CA_FILE", "PINRELAY_LISTEN", "PINRELAY_ENDPOINT",
                             "PINRELAY_DELIVERY_PROXY", "PINRELAY_TLS_KEY_FILE"}) {
        const auto result = loaded("{}", {{name, token}});
        all += texts(result.problems) + texts(result.warnings);
    }

    EXPECT_GE(std::ranges::count(all, '\n'), 5) << all;
    EXPECT_EQ(all.find("SECRET"), std::string::npos) << all;
}

TEST_F(Check, LogsEachWarning) {
    test::TestLogger logger;

    log_warnings({{"environment", "PINRELAY_DATA_DIR", "cannot be written"}}, logger);

    EXPECT_EQ(logger.count(LogLevel::Warn, "key=PINRELAY_DATA_DIR reason=cannot be written"), 1u);
}

std::string requiring(const std::string& require, const std::string& more = "") {
    return R"({"accounts": [{"require": )" + require + more + "}]}";
}

TEST_F(Check, FindsARequirementThatNoEventOrNoSenderMeets) {
    EXPECT_EQ(texts(loaded(requiring(R"({"purchase": ["keys", "networks"]})", R"(, "allow_networks": ["192.0.2.1"])"))
                        .problems),
              "");
    EXPECT_EQ(texts(loaded(requiring(R"({"purchase": ["browsers"]})")).problems), "");
    const auto misspelt = loaded(requiring(R"({"purchas": ["browsers"]})"));
    const auto unmet = loaded(requiring(R"({"checkout": ["keys"]})", R"(, "allow_networks": ["192.0.2.1"])"));
    const auto without_proofs =
        loaded(R"({"cookies": {"proof": false}, "accounts": [{"require": {"buy": ["browsers"]}}]})");

    EXPECT_NE(texts(misspelt.problems)
                  .find("accounts[0].require[\"purchas\"]: is no event name that this account "
                        "sends; is \"purchase\" meant?"),
              std::string::npos)
        << texts(misspelt.problems);
    EXPECT_NE(texts(unmet.problems).find("accounts[0].require[\"checkout\"]: can be met by no sender"),
              std::string::npos)
        << texts(unmet.problems);
    EXPECT_NE(texts(without_proofs.problems).find("can be met by no sender"), std::string::npos);
}

TEST_F(Check, FindsWrongRequirementsBesideAWrongRuleAndInTheAccountsBehindIt) {
    const auto wrong = loaded_without_account(R"({"accounts": [
        {"ad_account_id": "549755885175", "access_token": "a", "hosts": ["a.example"],
         "mapping": {"events": {"my_lead": {"name": "no name!"}}},
         "require": {"my_lead": ["browsers"], "purchas": ["browsers"], "checkout": ["keys"]}},
        {"ad_account_id": "549755885176", "access_token": "a", "require": {"purchas": ["browsers"]}}
    ]})",
                                              {{"PINRELAY_DATA_DIR", folder_.path().string()}});

    EXPECT_EQ(keys(wrong.problems),
              "accounts[0].mapping.events[\"my_lead\"].name accounts[0].require[\"checkout\"] "
              "accounts[0].require[\"purchas\"] accounts[1].require[\"purchas\"]")
        << texts(wrong.problems);
}

TEST_F(Check, FindsAWebhookThatCannotBeUsedUnderTheKeyThatSetIt) {
    EXPECT_TRUE(loaded(R"({"alarms": {"webhook": "https://hooks.example/secret"}})").problems.empty());

    const auto by_key = loaded(R"({"alarms": {"webhook": "http://hooks.example/secret"}})");
    EXPECT_EQ(keys(by_key.problems), "alarms.webhook");
    EXPECT_EQ(texts(by_key.problems).find("secret"), std::string::npos) << texts(by_key.problems);

    const auto by_variable = loaded(R"({"alarms": {"webhook_env": "SHOP"}})", {{"SHOP", "hooks.example/secret"}});
    EXPECT_EQ(keys(by_variable.problems), "alarms.webhook_env");

    const auto unknown = loaded(R"({"alarms": {"webhook_env": "UNSET"}})");
    EXPECT_EQ(unknown.problems.size(), 1U) << texts(unknown.problems);
}

}  // namespace
}  // namespace pinrelay::app
