#include "conditions.hpp"

#include <chrono>

namespace pinrelay::alarms {
namespace {

using std::chrono::milliseconds;

std::string in_minutes(Time::duration age) {
    return std::to_string(std::chrono::duration_cast<std::chrono::minutes>(age).count()) + " minutes";
}

// The destination's words may end without one, and advice follows.
std::string with_full_stop(std::string text) {
    if (!text.empty() && text.back() != '.') text += '.';
    return text;
}

Finding paused(const AccountObservation& account) {
    Finding found{Kind::Paused, account.name, account.paused};
    if (!account.paused.value_or(false)) {
        found.text = "Delivery works again.";
        return found;
    }
    found.text = "Delivery is paused, events wait in the store: " + with_full_stop(account.pause_reason);
    found.advice =
        "Correct the access token or the ad account id and run pinrelay reload. No event is lost meanwhile, but events "
        "older than 7 days are refused.";
    return found;
}

Finding store_full(const Observation& seen) {
    Finding found{Kind::StoreFull, "", seen.store_full};
    found.text = seen.store_full ? "The store is full: senders get 503, and events are lost unless they send again."
                                 : "The store has room again.";
    if (seen.store_full) found.advice = "See why events are not delivered, or raise spool.max_bytes and restart.";
    return found;
}

Finding store_unwritable(const Observation& seen) {
    Finding found{Kind::StoreUnwritable, "", !seen.store_writable};
    found.text = seen.store_writable ? "The store can be written again."
                                     : "The store cannot be written: senders get 503, and events are lost unless they "
                                       "send again.";
    if (!seen.store_writable) found.advice = "Look at the disk of data_dir: free space, errors, permissions.";
    return found;
}

Finding certificate(const Observation& seen, const Limits& limits, Time now) {
    Finding found{Kind::CertificateExpires, "", false};
    found.text = "The certificate of the collect port is valid for long enough again.";
    if (!seen.certificate_expires || limits.certificate == milliseconds(0)) return found;
    const auto left = *seen.certificate_expires - now;
    if (left >= limits.certificate) return found;
    const auto days = std::chrono::duration_cast<std::chrono::days>(left).count();
    found.holds = true;
    found.text = left < Time::duration(0) ? "The certificate of the collect port has expired: browsers refuse it."
                 : days == 0              ? "The certificate of the collect port expires within a day."
                                          : "The certificate of the collect port expires in " + std::to_string(days) +
                                   (days == 1 ? " day." : " days.");
    found.advice = "Renew it, then run pinrelay reload, which reads it anew.";
    return found;
}

}  // namespace

// A backlog from before a restart is often gone a moment later: late is late twice.
Finding Conditions::late(const AccountObservation& account, const Limits& limits, Time now) {
    const auto age = account.oldest_pending ? now - *account.oldest_pending : Time::duration(0);
    const bool is_late = limits.late > milliseconds(0) && age > limits.late;
    Finding found{Kind::Late, account.name, is_late};
    if (is_late && was_late_.insert(account.name).second) found.holds.reset();
    if (!is_late) was_late_.erase(account.name);
    found.text = is_late ? "The oldest event has waited for " + in_minutes(age) +
                               "; after an hour Pinterest counts web events as offline ones."
                         : "No event waits too long any more.";
    if (is_late) found.advice = "See the log and pinrelay_delivery_requests_total for what Pinterest answers.";
    return found;
}

std::vector<Finding> Conditions::look(const Observation& seen, const Limits& limits, Time now) {
    std::vector<Finding> findings;
    for (const auto& account : seen.accounts) {
        findings.push_back(paused(account));
        findings.push_back(late(account, limits, now));
    }
    findings.push_back(store_full(seen));
    findings.push_back(store_unwritable(seen));
    findings.push_back(certificate(seen, limits, now));
    return findings;
}

}  // namespace pinrelay::alarms
