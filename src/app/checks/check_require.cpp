#include <algorithm>
#include <string>

#include "app/trust/requirements.hpp"
#include "app/wiring.hpp"
#include "checks.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/destinations/pinterest/rule_check.hpp"

namespace pinrelay::app {
namespace {

using config::Account;
using config::EventMapping;

// Takes the mapping rules that cannot work out of the account; they have problems of their own.
std::vector<EventMapping> take_broken_rules(Account& account) {
    std::vector<EventMapping> broken;
    auto& rules = account.mapping.events;
    const auto found = destinations::pinterest::check_rules(pinterest_settings(account));
    for (std::size_t i = rules.size(); i > 0; --i) {
        const auto breaks = [i](const auto& finding) { return finding.rule == i - 1 && finding.is_problem; };
        if (std::ranges::none_of(found, breaks)) continue;
        broken.push_back(std::move(rules[i - 1]));
        rules.erase(rules.begin() + static_cast<std::ptrdiff_t>(i - 1));
    }
    return broken;
}

// Whether the name may be sent once the rule is repaired.
bool may_name(const EventMapping& rule, const std::string& name) {
    const auto is_name = [&name](const std::string& other) { return ascii::equals_ignoring_case(other, name); };
    return rule.ga4_name == "*" || is_name(rule.ga4_name) || is_name(rule.pinterest_name.value_or("")) ||
           is_name(rule.custom_name.value_or(""));
}

}  // namespace

void check_require(Findings& findings) {
    for (Account account : findings.config().accounts) {
        const auto broken = take_broken_rules(account);
        for (const auto& row : account.require) {
            const bool in_doubt =
                std::ranges::any_of(broken, [&row](const auto& rule) { return may_name(rule, row.event_name); });
            auto reason = in_doubt ? problem_of_senders(row, account, findings.config().proof_cookie)
                                   : problem_of(row, account, findings.config().proof_cookie);
            if (reason) findings.written(row.key, std::move(*reason), true);
        }
    }
}

}  // namespace pinrelay::app
