#include "observe.hpp"

namespace pinrelay::app {
namespace {

using State = deliver::AccountStatus::State;

// An account that fails for another reason may still be refused, and one that has no answer yet, too.
std::optional<bool> is_paused(const deliver::AccountStatus& status) {
    if (!status.answered || status.state == State::Failing) return std::nullopt;
    return status.state == State::Paused;
}

alarms::AccountObservation account_of(const spool::Ledger& ledger, const std::string& name) {
    alarms::AccountObservation account;
    account.name = name;
    const auto oldest = ledger.oldest_pending.find(name);
    if (oldest != ledger.oldest_pending.end()) account.oldest_pending = oldest->second;
    for (const auto& [label, counts] : ledger.by_label) {
        if (label.first != name) continue;
        account.settled += counts.delivered + counts.dead_lettered;
        account.arrived[label.second] = counts.stored + counts.folded - counts.unfolded;
    }
    for (const auto& [label, count] : ledger.dead_by_reason)
        if (label.first == name) account.dead_letters[label.second] = count;
    return account;
}

}  // namespace

alarms::Observation observation_of(
    const spool::Ledger& ledger, const std::vector<std::string>& accounts,
    const std::function<std::optional<deliver::AccountStatus>(const std::string&)>& status,
    std::optional<Time> certificate_expires) {
    alarms::Observation seen;
    seen.store_writable = ledger.writable;
    seen.store_full = ledger.full;
    seen.certificate_expires = certificate_expires;
    for (const auto& name : accounts) {
        auto account = account_of(ledger, name);
        const auto found = status(name).value_or(deliver::AccountStatus());
        account.paused = is_paused(found);
        account.pause_reason = found.reason;
        seen.accounts.push_back(std::move(account));
    }
    return seen;
}

}  // namespace pinrelay::app
