#include "attention.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <map>
#include <string>
#include <string_view>

namespace pinrelay::app {
namespace {

using admin::AttentionItem;
using Items = std::vector<AttentionItem>;
using Urgency = AttentionItem::Urgency;
using namespace std::chrono_literals;

constexpr auto online_age = 1h;  // an older web event counts as an offline conversion at Pinterest
constexpr auto long_failure = 5min;
constexpr auto certificate_warning = std::chrono::days(14);
constexpr std::uint64_t fewest_events = 20;  // below that a share says nothing
constexpr std::uint64_t percent_full = 80;

// Sentences of the log about a state that has an item of its own, or that is over.
constexpr std::array covered_by_state = {
    std::string_view("delivery is"),
    std::string_view("delivery failed"),
    std::string_view("the destination still takes nothing"),
    std::string_view("events wait too long"),
    std::string_view("events will not be delivered"),
    std::string_view("the spool ca"),
    std::string_view("the store cannot take events"),
    std::string_view("the certificate of the collect port"),
};

std::string counted(std::uint64_t count, const std::string& noun) {
    return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

// "Account 549755885175" for "pinterest:549755885175".
std::string spoken(const std::string& account) { return "Account " + account.substr(account.find(':') + 1); }

void add_account(Items& items, const admin::AccountState& account, Time now) {
    if (account.delivery == "paused")
        items.push_back({Urgency::Act, "account_paused",
                         spoken(account.name) + " is paused: Pinterest refuses its events", account.reason,
                         "Fix the token or the ad account id, then reload the configuration. The events are kept and "
                         "sent at once.",
                         account.since});
    if (account.delivery == "failing" && account.since && now - *account.since > long_failure)
        items.push_back({Urgency::Look, "account_failing", spoken(account.name) + " cannot be delivered to for now",
                         account.reason,
                         "The events are kept and tried again. Check the network and Pinterest's status "
                         "page if this lasts.",
                         account.since});
}

void add_ages(Items& items, const AttentionFacts& facts) {
    for (const auto& [account, oldest] : facts.ledger.oldest_pending)
        if (facts.now - oldest > online_age)
            items.push_back({Urgency::Act, "events_late", spoken(account) + " has events that are older than one hour",
                             "Pinterest counts a web event that arrives later than one hour as an offline conversion.",
                             "Look at the state of the account; a sender may also send old events.", oldest});
}

void add_store(Items& items, const AttentionFacts& facts) {
    const auto& ledger = facts.ledger;
    if (!ledger.writable)
        items.push_back({Urgency::Act, "store_not_writable", "The store cannot be written",
                         "Senders get status 503 and try again, if they can.",
                         "Check the disk: space, permissions, and the kernel's log."});
    if (ledger.full)
        items.push_back({Urgency::Act, "store_full", "The store is full", "Senders get status 503.",
                         "Restore the delivery, or raise spool.max_bytes or spool.max_records and restart."});
    const bool nearly = facts.spool_max_bytes > 0 && ledger.bytes > facts.spool_max_bytes / 100 * percent_full;
    if (nearly && !ledger.full)
        items.push_back({Urgency::Look, "store_nearly_full", "The store is more than 80 % full", "",
                         "Restore the delivery, delete dead letters, or raise spool.max_bytes."});
}

void add_dead_letters(Items& items, const spool::Ledger& ledger) {
    const auto size = ledger.all_dead_letters();
    if (size.letters == 0) return;
    items.push_back({Urgency::Look, "dead_letters", counted(size.letters, "event") + " could not be delivered",
                     "They are kept as dead letters.",
                     "Read the reasons, fix them, and replay or delete the dead letters."});
    items.back().count = size.letters;
}

void add_certificate(Items& items, const AttentionFacts& facts) {
    if (!facts.certificate_expires || *facts.certificate_expires - facts.now > certificate_warning) return;
    const bool is_over = *facts.certificate_expires <= facts.now;
    items.push_back({is_over ? Urgency::Act : Urgency::Look, "certificate",
                     is_over ? "The certificate of the collect port has expired: browsers refuse it"
                             : "The certificate of the collect port expires within 14 days",
                     "", "Renew it, then reload the configuration.", facts.certificate_expires});
}

struct Sums {
    std::uint64_t accepted = 0;
    std::uint64_t dropped = 0;
};

std::uint64_t sum(const std::vector<std::uint64_t>& numbers) {
    std::uint64_t all = 0;
    for (const std::uint64_t number : numbers) all += number;
    return all;
}

void add_drops(Items& items, const admin::HistoryView& hour) {
    std::map<std::string, Sums> accounts;
    for (const auto& series : hour.series) {
        accounts[series.account].accepted += sum(series.accepted);
        accounts[series.account].dropped += sum(series.dropped);
    }
    for (const auto& [account, sums] : accounts) {
        if (sums.dropped < fewest_events || sums.dropped * 2 <= sums.accepted) continue;
        const bool is_lost = account == "none";
        items.push_back({Urgency::Look, is_lost ? "no_account" : "mostly_dropped",
                         is_lost ? counted(sums.dropped, "event") + " of the last hour reached no account"
                                 : spoken(account) + " dropped more than half of its events in the last hour",
                         counted(sums.dropped, "event") + " of " + std::to_string(sums.accepted) + " were not sent.",
                         "Open the events to see their reasons."});
        items.back().count = sums.dropped;
    }
}

bool is_covered_by_state(const Notice& notice) {
    return std::ranges::any_of(covered_by_state, [&](auto start) { return notice.sentence.starts_with(start); });
}

std::string_view field(const Notice& notice, std::string_view name) {
    const auto found = std::ranges::find_if(notice.fields, [name](const auto& each) { return each.first == name; });
    return found == notice.fields.end() ? std::string_view() : found->second;
}

// The log's sentence, or a shorter one where that speaks of the log.
std::string title_of(const Notice& notice) {
    if (notice.sentence.starts_with("an event is dropped"))
        return "Events are dropped: " + std::string(field(notice, "reason"));
    if (notice.sentence.starts_with("a request is refused"))
        return "Requests are refused: " + std::string(field(notice, "code"));
    std::string title = notice.sentence;
    title.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(title.front())));
    return title;
}

void add_notice(Items& items, const Notice& notice) {
    if (is_covered_by_state(notice)) return;
    AttentionItem item;
    item.urgency = notice.level == LogLevel::Error ? Urgency::Act : Urgency::Look;
    item.kind = "log";
    item.title = title_of(notice);
    item.advice = field(notice, "advice");
    for (const auto& [name, value] : notice.fields)
        if (!value.empty() && name != "advice") item.facts.emplace_back(name, value);
    item.since = notice.first;
    item.last = notice.last;
    item.count = notice.count;
    items.push_back(std::move(item));
}

}  // namespace

std::vector<AttentionItem> attention(const AttentionFacts& facts) {
    Items items;
    for (const auto& account : facts.accounts) add_account(items, account, facts.now);
    add_ages(items, facts);
    add_store(items, facts);
    add_certificate(items, facts);
    add_drops(items, facts.hour);
    add_dead_letters(items, facts.ledger);
    for (auto notice = facts.notices.rbegin(); notice != facts.notices.rend(); ++notice) add_notice(items, *notice);
    std::ranges::stable_sort(items, {}, &AttentionItem::urgency);
    return items;
}

}  // namespace pinrelay::app
