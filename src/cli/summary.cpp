#include "summary.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "cli/spool/text.hpp"

namespace pinrelay::cli {
namespace {

using config::Account;
using config::Config;

std::string joined(const std::vector<std::string>& texts) {
    std::string line;
    for (const auto& text : texts) line.append(line.empty() ? "" : ", ").append(text);
    return line;
}

void add_fact(std::string& text, std::string_view name, const std::string& value) {
    constexpr std::size_t column = 18;
    text.append("  ").append(name).append(column - std::min(column - 1, name.size()), ' ').append(value).append("\n");
}

std::string events_of(const Account& account) {
    std::vector<std::string> routes;
    if (!account.hosts.empty()) routes.push_back("hosts " + joined(account.hosts));
    if (!account.paths.empty()) routes.push_back("paths " + joined(account.paths));
    if (!account.measurement_ids.empty()) routes.push_back("measurement ids " + joined(account.measurement_ids));
    return routes.empty() ? "takes all events" : "takes events of " + joined(routes);
}

std::string senders_of(const Account& account) {
    std::vector<std::string> ways;
    if (!account.allow_origins.empty()) ways.push_back("origins " + joined(account.allow_origins));
    if (!account.allow_networks.empty()) ways.push_back("networks " + joined(account.allow_networks));
    if (!account.keys.empty()) ways.push_back("holders of a shared key");
    if (!account.signing_keys.empty()) ways.push_back("holders of a signing key");
    return ways.empty() ? "from everybody" : "from " + joined(ways);
}

std::string account_line(const Account& account) {
    std::string line = account.ad_account_id + ": profile " + account.mapping.profile + ", consent " +
                       account.mapping.consent + ", " + events_of(account) + ", " + senders_of(account);
    for (const auto& row : account.require)
        line += ", requires " + joined(row.senders) + " or better for " + row.event_name;
    if (!account.mapping.events.empty()) line += ", " + counted(account.mapping.events.size(), "mapping rule");
    return line;
}

std::string proxies_line(const Config& config) {
    if (config.trusted_proxies.empty())
        return "none: the visitor's address is the one that connects; X-Forwarded-For and Forwarded are not believed";
    return joined(config.trusted_proxies) + ", by " + config.forwarded_header;
}

std::string origins_line(const Config& config) {
    if (config.allowed_origins.empty()) return "none: browsers may post from the relay's own site only";
    return joined(config.allowed_origins);
}

std::string proof_line(const Config& config) {
    if (!config.proof_cookie) return "off";
    return config.proof_keys.empty() ? "on, with a key of this relay's own" : "on, with the keys of cookies.proof_keys";
}

std::string debug_line(const std::optional<bool>& debug) {
    if (!debug)
        return "for programs on this machine, and for senders with a key, a signature or an allowed network "
               "(collect.debug)";
    return *debug ? "for every sender that an account accepts (collect.debug)" : "off";
}

// The URL may hold a token.
std::string alarms_line(const Config& config) {
    if (config.webhook.empty()) return "in the log and the metrics only (alarms.webhook)";
    return "to a webhook, as " + config.alarm_format + ": " + joined(config.alarm_kinds);
}

std::string test_mode_line(const Config& config) {
    std::vector<std::string> ids;
    for (const auto& account : config.accounts)
        if (account.test_mode) ids.push_back(account.ad_account_id);
    return ids.empty() ? "off" : "ON for " + joined(ids) + ": TEST MODE, nothing is recorded";
}

}  // namespace

std::string summary(const Config& config) {
    std::string text;
    const bool tls = !config.tls_certificate_file.empty();
    add_fact(text, "events come to", config.listen + (tls ? " (TLS)" : "") + ", paths " + joined(config.prefixes));
    add_fact(text, "admin port", config.admin);
    add_fact(text, "delivered to", config.endpoint);
    add_fact(text, "data directory", config.data_dir.string() + " (durability " + config.durability + ")");
    for (const auto& account : config.accounts) add_fact(text, "ad account", account_line(account));
    add_fact(text, "test mode", test_mode_line(config));
    add_fact(text, "trusted proxies", proxies_line(config));
    add_fact(text, "allowed origins", origins_line(config));
    add_fact(text, "proof cookie", proof_line(config));
    add_fact(text, "debug answers", debug_line(config.debug));
    add_fact(text, "alarms", alarms_line(config));
    return text;
}

}  // namespace pinrelay::cli
