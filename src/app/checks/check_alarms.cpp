#include <algorithm>
#include <array>
#include <string_view>

#include "app/alarms/webhook_target.hpp"
#include "checks.hpp"

namespace pinrelay::app {
namespace {

constexpr std::string_view by_key = "alarms.webhook";
constexpr std::string_view by_file = "alarms.webhook_file";
constexpr std::string_view by_variable = "alarms.webhook_env";

// Where the URL comes from.
std::string_view key_of(const config::Config& config) {
    if (config.webhook_file) return by_file;
    return config.webhook_variable ? by_variable : by_key;
}

}  // namespace

void check_alarms(Findings& findings) {
    const auto& config = findings.config();
    constexpr std::array keys = {by_key, by_file, by_variable};
    if (config.webhook.empty() || !std::ranges::all_of(keys, [&](auto key) { return findings.is_known(key); })) return;
    const auto target = parse_webhook(config.webhook.reveal());
    if (!target) findings.problem(key_of(config), "", target.error());
}

}  // namespace pinrelay::app
