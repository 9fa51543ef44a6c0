#include "recent_counts.hpp"

namespace pinrelay::app {
namespace {

constexpr std::chrono::minutes minute{1};
constexpr std::size_t minutes_of_an_hour = 60;

void add_growth(RecentCounts::Hour& hour, const Moment& before, const Moment& now) {
    for (const AccountMinute& account : minute_between(before, now))
        for (const auto& [reason, count] : account.drops) hour.drops[{account.destination, reason}] += count;
    for (const auto& [code, count] : now.tally.rejected) {
        const auto known = before.tally.rejected.find(code);
        const std::uint64_t earlier = known == before.tally.rejected.end() ? 0 : known->second;
        if (count > earlier) hour.refusals[code] += count - earlier;
    }
}

}  // namespace

void RecentCounts::add(Moment now, SteadyTime at) {
    if (looks_.empty()) minute_begun_ = {at, now};
    if (at - minute_begun_.at >= minute) {
        add_growth(minutes_.emplace_back(), minute_begun_.counts, now);
        if (minutes_.size() > minutes_of_an_hour) minutes_.pop_front();
        minute_begun_ = {at, now};
    }
    looks_.push_back({at, std::move(now)});
    while (looks_.size() > 1 && at - looks_[1].at >= minute) looks_.pop_front();
}

std::vector<AccountMinute> RecentCounts::last_minute(const Moment& now) const {
    if (looks_.empty()) return {};
    return minute_between(looks_.front().counts, now);
}

RecentCounts::Hour RecentCounts::last_hour(const Moment& now) const {
    Hour hour;
    for (const Hour& past : minutes_) {
        for (const auto& [label, count] : past.drops) hour.drops[label] += count;
        for (const auto& [code, count] : past.refusals) hour.refusals[code] += count;
    }
    if (!looks_.empty()) add_growth(hour, minute_begun_.counts, now);
    return hour;
}

}  // namespace pinrelay::app
