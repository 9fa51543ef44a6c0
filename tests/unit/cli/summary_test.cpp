#include "cli/summary.hpp"

#include <gtest/gtest.h>

namespace pinrelay::cli {
namespace {

config::Config with_an_account() {
    config::Config config;
    config.accounts.resize(1);
    config.accounts[0].ad_account_id = "549755885175";
    config.accounts[0].access_token = Secret("pina_secret");
    return config;
}

void expect_line(const config::Config& config, const std::string& line) {
    EXPECT_NE(summary(config).find("\n" + line + "\n"), std::string::npos) << line << "\n\n" << summary(config);
}

TEST(Summary, SaysWhatIsInForceByDefault) {
    const auto config = with_an_account();

    expect_line(
        config,
        "  ad account        549755885175: profile standard, consent respect, takes all events, from everybody");
    expect_line(config, "  test mode         off");
    expect_line(config, "  proof cookie      on, with a key of this relay's own");
    expect_line(config,
                "  trusted proxies   none: the visitor's address is the one that connects; X-Forwarded-For and "
                "Forwarded are not believed");
    expect_line(config, "  allowed origins   none: browsers may post from the relay's own site only");
    expect_line(
        config,
        "  debug answers     for programs on this machine, and for senders with a key, a signature or an allowed "
        "network (collect.debug)");
    expect_line(config, "  alarms            in the log and the metrics only (alarms.webhook)");
    EXPECT_EQ(summary(config).find("pina_"), std::string::npos);
}

TEST(Summary, SaysWhatWasSet) {
    auto config = with_an_account();
    config.accounts.resize(2);
    config.accounts[0].test_mode = true;
    config.accounts[0].hosts = {"shop.example"};
    config.accounts[0].mapping.consent = "require";
    config.accounts[0].mapping.events.resize(2);
    config.accounts[1].ad_account_id = "2";
    config.accounts[1].allow_networks = {"203.0.113.0/24"};
    config.accounts[1].keys = {Secret("a key that is not shown")};
    config.trusted_proxies = {"10.0.0.0/8", "127.0.0.1"};
    config.forwarded_header = "forwarded";
    config.allowed_origins = {"https://shop.example"};
    config.debug = false;
    config.proof_cookie = false;
    config.accounts[1].require = {{"", "purchase", {"keys", "networks"}}};
    config.tls_certificate_file = "chain.pem";
    config.webhook = Secret("https://hooks.example/a-token-that-is-not-shown");
    config.alarm_kinds = {"paused", "late"};

    expect_line(config,
                "  ad account        549755885175: profile standard, consent require, takes events of hosts "
                "shop.example, from everybody, 2 mapping rules");
    expect_line(config,
                "  ad account        2: profile standard, consent respect, takes all events, from networks "
                "203.0.113.0/24, holders of a shared key, requires keys, networks or better for purchase");
    expect_line(config, "  proof cookie      off");
    expect_line(config, "  test mode         ON for 549755885175: TEST MODE, nothing is recorded");
    expect_line(config, "  trusted proxies   10.0.0.0/8, 127.0.0.1, by forwarded");
    expect_line(config, "  allowed origins   https://shop.example");
    expect_line(config, "  debug answers     off");
    expect_line(config, "  alarms            to a webhook, as json: paused, late");
    EXPECT_TRUE(summary(config).starts_with("  events come to    0.0.0.0:8080 (TLS), paths /collect\n"));
    EXPECT_EQ(summary(config).find("not shown"), std::string::npos);
}

}  // namespace
}  // namespace pinrelay::cli
