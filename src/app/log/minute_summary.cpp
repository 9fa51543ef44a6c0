#include "minute_summary.hpp"

#include <algorithm>
#include <utility>

#include "pinrelay/decode/ignored.hpp"

namespace pinrelay::app {
namespace {

using Counts = std::map<std::string, std::uint64_t>;

constexpr std::size_t most_named = 8;

// Metric label of events that no account was chosen for.
constexpr std::string_view no_account = "none";

// Counts only grow; a store that was replaced by an empty one begins anew.
std::uint64_t grown(std::uint64_t before, std::uint64_t now) noexcept { return now > before ? now - before : 0; }

template <class Map>
std::uint64_t grown(const Map& before, const typename Map::value_type& now) {
    const auto known = before.find(now.first);
    return grown(known == before.end() ? 0 : known->second, now.second);
}

// "no_match_keys 9, duplicate 3"
std::string listed(const Counts& counts) {
    std::vector<std::pair<std::string, std::uint64_t>> most(counts.begin(), counts.end());
    std::ranges::stable_sort(most, [](const auto& a, const auto& b) { return a.second > b.second; });
    std::string text;
    for (std::size_t i = 0; i < std::min(most.size(), most_named); ++i)
        text.append(i == 0 ? "" : ", ").append(most[i].first).append(" ").append(std::to_string(most[i].second));
    return most.size() > most_named ? text + " …" : text;
}

using Minutes = std::map<std::string, AccountMinute>;

void add_tally(Minutes& minutes, const metrics::Tally& before, const metrics::Tally& now) {
    for (const auto& count : now.dropped) {
        const std::uint64_t more = grown(before.dropped, count);
        if (more == 0 || decode::ignored::is_no_event(count.first.second)) continue;
        AccountMinute& minute = minutes[count.first.first];
        minute.drops[count.first.second] += more;
        minute.dropped += more;
        minute.accepted += more;
    }
    for (const auto& count : now.warned)
        if (const std::uint64_t more = grown(before.warned, count); more > 0)
            minutes[count.first.first].warnings[count.first.second] += more;
}

void add_ledger(Minutes& minutes, const spool::Ledger& before, const spool::Ledger& now) {
    for (const auto& [label, counts] : now.by_label) {
        const auto known = before.by_label.find(label);
        const spool::Counts then = known == before.by_label.end() ? spool::Counts() : known->second;
        AccountMinute& minute = minutes[label.first];
        // What was stored after all was counted when it was dropped as a duplicate.
        minute.accepted += grown(then.stored, counts.stored) - grown(then.unfolded, counts.unfolded);
        minute.delivered += grown(then.delivered, counts.delivered);
        minute.dead_lettered += grown(then.dead_lettered, counts.dead_lettered);
        minute.pending += counts.pending();
        const std::uint64_t duplicates = grown(then.folded, counts.folded);
        if (duplicates == 0) continue;
        minute.drops["duplicate"] += duplicates;
        minute.dropped += duplicates;
        minute.accepted += duplicates;
    }
}

void log_account(const AccountMinute& minute, Logger& logger) {
    const LogLevel level = minute.lost_most() ? LogLevel::Warn : LogLevel::Info;
    logger.write(level, sentence_of(minute),
                 {{"destination", minute.destination},
                  {"accepted", std::to_string(minute.accepted)},
                  {"delivered", std::to_string(minute.delivered)},
                  {"dropped", std::to_string(minute.dropped)},
                  {"dead_lettered", std::to_string(minute.dead_lettered)},
                  {"pending", std::to_string(minute.pending)},
                  {"warnings", listed(minute.warnings)}});
}

void log_refusals(const metrics::Tally& before, const metrics::Tally& now, Logger& logger) {
    Counts refused;
    std::uint64_t sum = 0;
    for (const auto& count : now.rejected) {
        const std::uint64_t more = grown(before.rejected, count);
        if (more == 0) continue;
        refused[count.first] = more;
        sum += more;
    }
    if (sum > 0)
        logger.warn(std::to_string(sum) + (sum == 1 ? " request" : " requests") +
                    " refused as a whole in the last minute: " + listed(refused));
}

}  // namespace

std::vector<AccountMinute> minute_between(const Moment& before, const Moment& now) {
    Minutes minutes;
    add_tally(minutes, before.tally, now.tally);
    add_ledger(minutes, before.ledger, now.ledger);
    std::uint64_t all = 0;
    for (const auto& [destination, minute] : minutes) all += minute.accepted;
    std::vector<AccountMinute> busy;
    for (auto& [destination, minute] : minutes) {
        if (!minute.had_traffic()) continue;
        minute.destination = destination;
        if (destination == no_account) minute.accepted = all;
        busy.push_back(std::move(minute));
    }
    return busy;
}

std::string sentence_of(const AccountMinute& minute) {
    const std::string events = std::to_string(minute.accepted) + (minute.accepted == 1 ? " event" : " events");
    if (minute.dropped == 0) return events + " accepted in the last minute, none dropped";
    const std::string where = minute.destination == no_account ? " of all accounts" : "";
    const std::string how =
        minute.destination == no_account ? " reached no account in the last minute: " : " dropped in the last minute: ";
    return std::to_string(minute.dropped) + " of " + events + where + how + listed(minute.drops);
}

void log_minute(const Moment& before, const Moment& now, Logger& logger) {
    for (const AccountMinute& minute : minute_between(before, now)) log_account(minute, logger);
    log_refusals(before.tally, now.tally, logger);
}

}  // namespace pinrelay::app
