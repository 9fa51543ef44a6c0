#include "status_board.hpp"

#include <algorithm>
#include <utility>

#include "pinrelay/core/version.hpp"
#include "pinrelay/ingest/drop_advice.hpp"

namespace pinrelay::app {
namespace {

admin::EventCounts counts_of(const std::vector<AccountMinute>& minutes, const std::string& account) {
    const auto found = std::ranges::find(minutes, account, &AccountMinute::destination);
    if (found == minutes.end()) return {};
    return {found->accepted, found->delivered, found->dropped};
}

std::string advice_of(const std::string& reason) { return std::string(ingest::advice_for(reason).text); }

template <class Row>
void sort_by_count(std::vector<Row>& rows) {
    std::ranges::stable_sort(rows, std::ranges::greater(), &Row::count);
}

}  // namespace

admin::StatusReport status_report(std::vector<admin::AccountState> states, const Moment& now,
                                  const RecentCounts& recent) {
    admin::StatusReport report;
    const auto totals = minute_between({}, now);
    const auto minute = recent.last_minute(now);
    for (auto& state : states) {
        admin::AccountStatus status;
        const auto counts = now.ledger.total(state.name);
        status.total = counts_of(totals, state.name);
        status.per_minute = counts_of(minute, state.name);
        status.dead_lettered = counts.dead_lettered;
        status.duplicates = counts.folded;
        status.oldest_event = now.ledger.waiting(state.name).oldest;
        status.state = std::move(state);
        report.accounts.push_back(std::move(status));
    }
    const auto hour = recent.last_hour(now);
    for (const auto& [label, count] : hour.drops)
        report.reasons.push_back({label.first, label.second, count, advice_of(label.second)});
    for (const auto& [code, count] : hour.refusals) report.refusals.push_back({code, count, advice_of(code)});
    sort_by_count(report.reasons);
    sort_by_count(report.refusals);
    return report;
}

void StatusBoard::start() {
    recent_.add(look_(), std::chrono::steady_clock::now());
    wait();
}

void StatusBoard::stop() {
    stopped_ = true;
    timer_.cancel();
}

void StatusBoard::wait() {
    timer_.expires_after(RecentCounts::between_looks);
    timer_.async_wait([this](const boost::system::error_code& cancelled) {
        if (cancelled || stopped_) return;
        recent_.add(look_(), std::chrono::steady_clock::now());
        wait();
    });
}

admin::StatusReport StatusBoard::report(std::vector<admin::AccountState> states) const {
    admin::StatusReport report = status_report(std::move(states), look_(), recent_);
    report.version = std::string(version());
    report.started = started_;
    report.now = system_now();
    return report;
}

}  // namespace pinrelay::app
