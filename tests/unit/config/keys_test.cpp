#include "config/keys.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "fixture.hpp"

namespace pinrelay::config {
namespace {
using nlohmann::json;
using namespace std::chrono_literals;

// For every key: a value that may stand and is not the default, and some that may not.
struct Case {
    const char* path;
    const char* good;
    std::vector<const char*> bad;
};

const std::vector<Case> config_cases = {
    {"listen", R"("127.0.0.1:81")", {"8080", R"("8080")", R"("0.0.0.0")", R"("0.0.0.0:99999")", R"("a b:1")"}},
    {"admin", R"("[::1]:9091")", {"null", R"("[::1")", R"(":x")"}},
    {"admin_names", R"(["relay.example","*.svc.example"])", {R"("relay")", R"(["http://relay"])", R"(["relay:9090"])"}},
    {"admin_token",
     R"("a-token-of-16-characters-or-more")",
     {R"("too-short")", R"("a token with blanks in it")", "null", "1"}},
    {"admin_token_file", "null", {R"("")", R"("/dev/null/none")", R"("/dev/null")"}},
    {"data_dir", R"("/var/lib/pinrelay")", {R"("")", "1"}},
    {"endpoint",
     R"("http://127.0.0.1:8081")",
     {R"("api.pinterest.com")", R"("https://api.pinterest.com/v5")", R"("https://u:p@host")", R"("ftp://host")",
      R"("https://")", R"("https://host:port")", R"("https://host/")"}},
    {"ca_file", R"("/etc/ca.pem")", {"true"}},
    {"workers", "3", {"-1", "1.5", R"("3")", "5000"}},
    {"log_level", R"("debug")", {R"("trace")", R"("INFO")", "1"}},
    {"log_format", R"("json")", {R"("JSON")", R"("logfmt")", "true"}},
    {"log_time", "false", {R"("off")", "0"}},
    {"collect.prefixes",
     R"(["/collect","/t"])",
     {"[]", R"("/collect")", R"(["collect"])", R"(["/a?b"])", R"(["/a/"])", R"(["/a//b"])", "[1]"}},
    {"collect.allowed_origins",
     R"(["https://shop.example","http://localhost:3000"])",
     {R"(["https://shop.example/"])", R"(["shop.example"])", R"(["https://Shop.example"])", "{}"}},
    {"collect.trusted_proxies", R"(["10.0.0.0/8"])", {R"([""])", "true"}},
    {"collect.forwarded_header", R"("forwarded")", {R"("x-real-ip")", R"("Forwarded")", "null"}},
    {"collect.debug", "false", {R"("false")", "0"}},
    {"collect.segment", "true", {"1", "null"}},
    {"collect.bots", R"("send")", {R"("block")", "true"}},
    {"collect.prefetches", R"("send")", {"false"}},
    {"collect.previews", R"("send")", {R"("")"}},
    {"collect.debug_events", R"("drop")", {R"("count")"}},
    {"collect.internal_traffic", R"("send")", {"[]"}},
    {"collect.max_body_bytes", R"("2MiB")", {"0", R"("2MB")", R"("1TiB")", "-5", "1.5"}},
    {"collect.max_events", "5", {"0", R"("5")", "1000000"}},
    {"collect.max_values", "1000", {"10", "null"}},
    {"collect.max_items", "5", {"0", "[]"}},
    {"collect.max_header_bytes", R"("32KiB")", {"100", R"("2MiB")"}},
    {"collect.max_header_fields", "64", {"1", R"("64")"}},
    {"collect.max_connections", "5", {"0", "null"}},
    {"collect.max_connections_per_client", "5", {"0", "true"}},
    {"collect.max_requests_per_connection", "5", {"0", "1.5"}},
    {"collect.max_requests_per_client", "0", {"-1", "2000000", R"("10")"}},
    {"collect.min_body_rate", "0", {"-1", R"("2MiB")"}},
    {"collect.proxy_protocol", "true", {R"("v2")", "2"}},
    {"collect.tls_certificate_file", R"("/etc/tls/chain.pem")", {"true"}},
    {"collect.tls_key_file", R"("/etc/tls/key.pem")", {"null"}},
    {"collect.header_timeout", R"("5s")", {"5", R"("5")", R"("1ms")", R"("2h")"}},
    {"collect.request_timeout", R"("5s")", {R"("5 s")"}},
    {"collect.idle_timeout", R"("5s")", {R"("soon")"}},
    {"cookies.click_id", "false", {"0"}},
    {"cookies.visitor_id", "true", {R"("yes")"}},
    {"cookies.domains",
     R"(["shop.example","xn--bcher-kva.example"])",
     {R"("shop.example")", R"([".shop.example"])", R"(["https://shop.example"])", R"(["Shop.example"])",
      R"(["example"])", R"(["a..b"])", R"(["shop.example; Path=/"])"}},
    {"cookies.proof", "false", {R"("no")", "0"}},
    {"cookies.proof_keys_file", "null", {R"("")", R"("/dev/null/none")", R"("/dev/null")"}},
    {"cookies.proof_keys_env", "null", {R"("")", R"("NOT_SET")"}},
    {"duplicates.window", R"("24h")", {"48", R"("8d")", R"("400h")"}},
    {"duplicates.max_keys", "2000", {"0", R"("1000000")"}},
    {"spool.durability", R"("memory")", {R"("ram")"}},
    {"spool.max_bytes", R"("2GiB")", {"1", R"("2gb")", "true"}},
    {"spool.max_records", "1000", {"0", R"("1000")"}},
    {"dead_letters.max_bytes", R"("2GiB")", {"-1", R"("2gb")", "true"}},
    {"dead_letters.keep", R"("90d")", {"30", R"("4000d")"}},
    {"journal.keep", R"("7d")", {"14", R"("400d")"}},
    {"journal.max_bytes", R"("2GiB")", {"0", R"("2gb")"}},
    {"delivery.proxy", R"("http://proxy.example:3128")", {"null", "[]", "3128"}},
    {"delivery.batch_linger", R"("0s")", {"0", R"("-1s")", R"("1h")"}},
    {"delivery.request_timeout", R"("5s")", {R"("0s")"}},
    {"delivery.retry_base", R"("50ms")", {R"("0s")"}},
    {"delivery.retry_cap", R"("2m")", {R"("3h")"}},
    {"delivery.probe_interval", R"("5m")", {R"("1ms")", "60"}},
    {"delivery.concurrency", "4", {"0", "65"}},
    {"delivery.requests_per_second", "10", {"0", "76", R"("10")"}},
    {"delivery.ambiguous_offline", R"("send_again")", {R"("retry")"}},
    {"delivery.warn_age", R"("0s")", {"0", R"("8d")"}},
    {"delivery.shutdown_grace", R"("3s")", {R"("1h")"}},
    {"alarms.webhook", R"("https://hooks.example/x")", {"null", "1"}},
    {"alarms.webhook_file", "null", {R"("")", R"("/dev/null")", "1"}},
    {"alarms.webhook_env", "null", {R"("")", R"("NOT_SET")", "true"}},
    {"alarms.format", R"("slack")", {R"("teams")", "null"}},
    {"alarms.kinds", R"(["paused","late"])", {"[]", R"(["pause"])", R"("paused")"}},
    {"alarms.certificate_expiry", R"("0s")", {"14", R"("400d")"}},
};

const std::vector<Case> mapping_cases = {
    {"profile", R"("extended")", {R"("Standard")", "1"}},
    {"forward_page_view", "false", {R"("no")"}},
    {"unknown_events", R"("custom")", {R"("send")"}},
    {"custom_name", R"("event_name")", {R"("name")"}},
    {"default_currency", R"("EUR")", {R"("eur")", R"("EURO")", "1"}},
    {"default_region", R"("DE")", {R"("de")", R"("DEU")"}},
    {"phone_hash", R"("digits")", {R"("plus")"}},
    {"num_items", R"("lines")", {R"("sum")"}},
    {"item_id", R"(["item_variant", "/shop/id"])", {"[]", R"([""])", "5"}},
    {"item_id_prefix", R"("shop_")", {"5"}},
    {"item_id_suffix", R"("_en")", {"5"}},
    {"item_id_map_file", R"("ids.csv")", {"5"}},
    {"click_id_order", R"(["cookie","url"])", {"[]", R"(["header"])", R"("url")"}},
    {"external_id_lower_case", "false", {"0"}},
    {"external_id_from_client_id", "true", {"1"}},
    {"external_id_from_pin_unauth", "false", {"1"}},
    {"advertiser_tracking", "false", {"1"}},
    {"client_ip", R"("truncated")", {R"("hashed")"}},
    {"late_policy", R"("drop")", {R"("keep")"}},
    {"partner_name", R"("ss-shop")", {R"("")"}},
    {"consent", R"("require")", {R"("ignore")", "true"}},
};

const std::vector<Case> account_cases = {
    {"ad_account_id", R"("123")", {"549755885175", R"("")", R"("12a")", R"("1234567890123456789")"}},
    {"access_token", R"("pina_other")", {R"("")", R"("a b")", R"("a\nb")", "1"}},
    {"access_token_file", R"("/dev/null/none")", {R"("")", "1"}},
    {"access_token_env", R"("NOT_SET")", {R"("")", "1"}},
    {"test_mode", "true", {R"("true")"}},
    {"measurement_ids", R"(["G-ABC"])", {R"([""])", R"("G-ABC")"}},
    {"hosts", R"(["*.shop.example"])", {R"(["https://shop.example"])", R"(["shop.example:443"])", R"(["*"])"}},
    {"paths", R"(["/collect/shop"])", {R"(["collect"])", R"(["/collect?x"])"}},
    {"max_events_per_second", "100", {"-1", R"("10")"}},
    {"allow_origins",
     R"(["https://*.shop.example"])",
     {R"(["*"])", R"(["shop.example"])", R"(["https://shop.example/"])", R"(["https://*shop.example"])"}},
    {"allow_networks", R"(["203.0.113.0/24"])", {R"([""])", "1"}},
    {"keys_file", R"("/run/secrets/keys")", {R"("")", R"("/dev/null/none")", R"("/dev/null")"}},
    {"keys_env", R"("SHOP_KEYS")", {R"("")", R"("NOT_SET")"}},
    {"signing_keys_file", R"("/run/secrets/keys")", {R"("")", R"("/dev/null/none")"}},
    {"signing_keys_env", R"("SHOP_KEYS")", {R"("")", R"("NOT_SET")"}},
};

template <class Target>
void expect_a_case_for_each(std::span<const Key<Target>> keys, const std::vector<Case>& cases) {
    ASSERT_EQ(keys.size(), cases.size());
    for (std::size_t i = 0; i < keys.size(); ++i) EXPECT_EQ(keys[i].path, cases[i].path);
}

TEST(ConfigKeys, EveryKeyHasACaseHere) {
    expect_a_case_for_each(config_keys(), config_cases);
    expect_a_case_for_each(mapping_keys(), mapping_cases);
    expect_a_case_for_each(account_keys(), account_cases);
}

// {"collect":{"debug":value}} for "collect.debug".
json nested(const std::string& path, const std::string& value) {
    const auto dot = path.find('.');
    if (dot == std::string::npos) return {{path, json::parse(value)}};
    return {{path.substr(0, dot), {{path.substr(dot + 1), json::parse(value)}}}};
}

json document_of(const std::string& section, const Case& one, const char* value) {
    if (section == "mapping") return {{"mapping", {{one.path, json::parse(value)}}}};
    if (section != "account") return nested(one.path, value);
    json account = {{one.path, json::parse(value)}};
    if (!account.contains("ad_account_id")) account["ad_account_id"] = "549755885175";
    if (std::string(one.path).find("access_token") == std::string::npos) account["access_token"] = "pina_token";
    return {{"accounts", {account}}};
}

void expect_problem_at(const Loaded& loaded, const std::string& key, const std::string& document) {
    const auto names = [&](const Problem& problem) { return problem.key.starts_with(key); };
    EXPECT_TRUE(std::ranges::any_of(loaded.problems, names)) << document << "\n" << texts(loaded);
}

TEST(ConfigKeys, EveryGoodValueIsTakenAndEveryBadOneIsNamed) {
    for (const auto& one : config_cases) {
        const auto good = load_text(document_of("", one, one.good).dump());
        EXPECT_TRUE(good.problems.empty()) << one.path << "\n" << texts(good);
        for (const char* bad : one.bad) {
            const std::string document = document_of("", one, bad).dump();
            expect_problem_at(load_text(document), one.path, document);
        }
    }
}

TEST(ConfigKeys, EveryGoodValueOfTheMappingIsTakenAndEveryBadOneIsNamed) {
    for (const auto& one : mapping_cases) {
        const auto good = load_text(document_of("mapping", one, one.good).dump());
        EXPECT_TRUE(good.problems.empty()) << one.path << "\n" << texts(good);
        for (const char* bad : one.bad) {
            const std::string document = document_of("mapping", one, bad).dump();
            expect_problem_at(load_text(document), std::string("mapping.") + one.path, document);
        }
    }
}

TEST(ConfigKeys, EveryBadValueOfAnAccountIsNamed) {
    for (const auto& one : account_cases)
        for (const char* bad : one.bad) {
            const std::string document = document_of("account", one, bad).dump();
            expect_problem_at(load_text(document, {}), std::string("accounts[0].") + one.path, document);
        }
}

TEST(ConfigKeys, ValuesArriveWhereTheyBelong) {
    const auto loaded = load_text(R"({
        "listen": "127.0.0.1:81", "workers": 3, "data_dir": "/d",
        "collect": {"prefixes": ["/t"], "debug": false, "max_body_bytes": "64KiB", "header_timeout": "5s"},
        "spool": {"durability": "memory", "max_bytes": 2097152},
        "delivery": {"batch_linger": "250ms", "request_timeout": "4s", "concurrency": 2},
        "accounts": [{"ad_account_id": "42", "access_token": "pina_file", "test_mode": true, "hosts": ["a.example"],
                      "mapping": {"profile": "extended", "default_currency": null}}],
        "mapping": {"default_currency": "EUR", "click_id_order": ["cookie"], "num_items": "lines"}})",
                                  {});

    ASSERT_TRUE(loaded.problems.empty()) << texts(loaded);
    const Config& config = loaded.config;
    EXPECT_EQ(config.listen, "127.0.0.1:81");
    EXPECT_EQ(config.workers, 3u);
    EXPECT_EQ(config.data_dir, "/d");
    EXPECT_EQ(config.prefixes, std::vector<std::string>{"/t"});
    EXPECT_EQ(config.debug, false);
    EXPECT_EQ(config.max_body_bytes, 65536u);
    EXPECT_EQ(config.header_timeout, 5s);
    EXPECT_EQ(config.durability, "memory");
    EXPECT_EQ(config.spool_max_bytes, 2097152u);
    EXPECT_EQ(config.batch_linger, 250ms);
    EXPECT_EQ(config.delivery_timeout, 4s);
    EXPECT_EQ(config.concurrency, 2u);
    ASSERT_EQ(config.accounts.size(), 1u);
    const Account& account = config.accounts[0];
    EXPECT_EQ(account.ad_account_id, "42");
    EXPECT_EQ(account.access_token.reveal(), "pina_file");
    EXPECT_TRUE(account.test_mode);
    EXPECT_EQ(account.hosts, std::vector<std::string>{"a.example"});
    EXPECT_EQ(account.mapping.profile, "extended");
    EXPECT_EQ(account.mapping.default_currency, std::nullopt);
    EXPECT_EQ(account.mapping.num_items, "lines");
    EXPECT_EQ(account.mapping.click_id_order, std::vector<std::string>{"cookie"});
}

TEST(ConfigKeys, ARateOfZeroIsNoLimit) {
    const auto given = load_text(R"({"collect": {"max_requests_per_client": 7, "min_body_rate": "1KiB"}})");
    const auto zero = load_text(R"({"collect": {"max_requests_per_client": 0, "min_body_rate": 0}})");

    EXPECT_EQ(given.config.max_requests_per_client, PerSecond{7});
    EXPECT_EQ(given.config.min_body_rate, PerSecond{1024});
    EXPECT_EQ(zero.config.max_requests_per_client, std::nullopt);
    EXPECT_EQ(zero.config.min_body_rate, std::nullopt);
}

}  // namespace
}  // namespace pinrelay::config
