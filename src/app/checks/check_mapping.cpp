#include <optional>
#include <string>

#include "app/wiring.hpp"
#include "checks.hpp"
#include "pinrelay/destinations/pinterest/rule_check.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::app {

namespace {

std::optional<std::string> doubt_of_region(const std::optional<std::string>& region) {
    if (!region || identity::country(*region).has_value()) return std::nullopt;
    return "is the code of no country (ISO 3166-1): no phone number can be read with it";
}

}  // namespace

void check_mapping(Findings& findings) {
    const auto& accounts = findings.config().accounts;
    for (std::size_t i = 0; i < accounts.size(); ++i)
        findings.warning(config::account_path(i) + ".mapping.default_region", "",
                         doubt_of_region(accounts[i].mapping.default_region));
    for (const auto& account : findings.config().accounts) {
        const auto& rules = account.mapping.events;
        for (const auto& found : destinations::pinterest::check_rules(pinterest_settings(account))) {
            findings.written(rules[found.rule].key + found.part, found.reason, found.is_problem);
        }
    }
}

}  // namespace pinrelay::app
