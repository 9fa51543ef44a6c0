#include "app/wiring.hpp"
#include "checks.hpp"
#include "pinrelay/destinations/pinterest/rule_check.hpp"

namespace pinrelay::app {

void check_mapping(Findings& findings) {
    for (const auto& account : findings.config().accounts) {
        const auto& rules = account.mapping.events;
        for (const auto& found : destinations::pinterest::check_rules(pinterest_settings(account))) {
            findings.written(rules[found.rule].key + found.part, found.reason, found.is_problem);
        }
    }
}

}  // namespace pinrelay::app
