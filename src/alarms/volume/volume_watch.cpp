#include "volume_watch.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "alarms/saved.hpp"

namespace pinrelay::alarms {
namespace {

using nlohmann::json;
using Volume = VolumeVerdict::Volume;

// By then the hours of the week before are fallen ones as well, and what comes now is the usual.
constexpr Hour longest_fall = 8 * 24;

constexpr const char* fall_advice =
    "Look at what changed in the shop, the tag manager or a plugin; send one such event and see its fate with debug=1. "
    "If the event is not sent on purpose any more, nothing is to be done.";

std::string sentence_of(const std::string& event, const VolumeVerdict& verdict) {
    if (verdict.hours == 0) return event + " all but stopped.";
    return event + " all but stopped: " + std::to_string(verdict.came) + " came in " + std::to_string(verdict.hours) +
           " hours, at least " + std::to_string(verdict.expected) + " came in the same hours of the weeks before.";
}

}  // namespace

std::vector<Finding> VolumeWatch::look(const std::vector<AccountObservation>& accounts, Time now) {
    for (const auto& account : accounts) count(account, now);
    if (!is_first_look_) counts_.minute_passed(now);
    is_first_look_ = false;
    const Hour current = hour_of(now);
    if (judged_ != current) {
        judge(current);
        judged_ = current;
    }
    std::vector<Finding> findings;
    findings.reserve(accounts.size());
    for (const auto& account : accounts) findings.push_back(finding_of(account.name));
    return findings;
}

// Counts that become smaller belong to another store, which replaced the former one.
void VolumeWatch::count(const AccountObservation& account, Time now) {
    for (const auto& [event, arrived] : account.arrived) {
        const HourlyCounts::Key key{account.name, event};
        const auto known = last_seen_.find(key);
        // A name that was not there at the last look, but for the first look, came since then.
        const std::uint64_t before = known != last_seen_.end() ? known->second : is_first_look_ ? arrived : 0;
        if (arrived > before) counts_.add(key, arrived - before, now);
        last_seen_[key] = arrived;
    }
}

void VolumeWatch::judge(Hour current) {
    for (const auto& key : counts_.keys()) judge(key, current);
    std::erase_if(fallen_, [&](const auto& known) { return current - known.second.since > longest_fall; });
}

void VolumeWatch::judge(const HourlyCounts::Key& key, Hour current) {
    const auto fall = fallen_.find(key);
    const bool has_fallen = fall != fallen_.end();
    const auto verdict = judge_volume([&](Hour hour) { return counts_.count(key, hour); }, current, has_fallen);
    if (verdict.volume == Volume::Fell && !has_fallen) fallen_[key] = {current, verdict};
    // Where few are expected, at night or at a weekend, nothing shows whether a fall is over.
    if (verdict.volume == Volume::Usual && has_fallen) fallen_.erase(fall);
}

Finding VolumeWatch::finding_of(const std::string& account) const {
    Finding finding{Kind::VolumeFell, account, false};
    for (const auto& [key, fall] : fallen_) {
        if (key.first != account) continue;
        finding.holds = true;
        finding.subjects.insert(key.second);
        finding.text.append(finding.text.empty() ? "" : " ").append(sentence_of(key.second, fall.verdict));
    }
    if (*finding.holds)
        finding.advice = fall_advice;
    else
        finding.text = "The events come again, or have been gone for so long that they are not expected any more.";
    return finding;
}

json VolumeWatch::save() const {
    json fallen = json::array();
    for (const auto& [key, fall] : fallen_)
        fallen.push_back({{"account", key.first}, {"event", key.second}, {"since_hour", fall.since}});
    return {{"counts", counts_.save()}, {"fallen", std::move(fallen)}};
}

bool VolumeWatch::restore(const json& saved) {
    HourlyCounts counts;
    const json* saved_counts = find_member(saved, "counts");
    const json* list = find_member(saved, "fallen");
    if (saved_counts == nullptr || !counts.restore(*saved_counts) || list == nullptr || !list->is_array()) return false;
    std::map<HourlyCounts::Key, Fall> fallen;
    for (const json& row : *list) {
        const auto* account = find_text(row, "account");
        const auto* event = find_text(row, "event");
        const auto since = find_whole(row, "since_hour");
        if (account == nullptr || event == nullptr || !since) return false;
        fallen[{*account, *event}].since = *since;
    }
    counts_ = std::move(counts);
    fallen_ = std::move(fallen);
    return true;
}

}  // namespace pinrelay::alarms
