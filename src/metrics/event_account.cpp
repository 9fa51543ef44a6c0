#include "event_account.hpp"

#include <algorithm>

#include "family.hpp"

namespace pinrelay::metrics {

namespace {

using prometheus::MetricFamily;
using prometheus::MetricType;

constexpr const char* duplicate_reason = "duplicate";
constexpr const char* reused_code = "event_id_reused";

// Copies that the spool has folded away are dropped like the others, and counted with the stored events: over a
// restart.
Dropped with_copies(Dropped dropped, const spool::Ledger& ledger) {
    for (const auto& [key, counts] : ledger.by_label)
        if (counts.folded > 0) dropped[{key.first, duplicate_reason}] += counts.folded;
    return dropped;
}

// Stored and dropped events are series of their own: the first count survives a restart and the second does not, and
// a sum of both would look like a counter reset.
MetricFamily accepted(const spool::Ledger& ledger, const Dropped& dropped) {
    Family family("pinrelay_events_accepted_total", "Events taken from senders: stored for delivery, or dropped.",
                  MetricType::Counter);
    for (const auto& [key, counts] : ledger.by_label)
        family.add({{"destination", key.first}, {"event", key.second}, {"outcome", "stored"}},
                   static_cast<double>(counts.stored));
    for (const auto& [key, count] : dropped)
        family.add({{"destination", key.first}, {"reason", key.second}, {"outcome", "dropped"}},
                   static_cast<double>(count));
    return family.take();
}

// A series for each label of the ledger.
MetricFamily by_label(std::string name, std::string help, const spool::Ledger& ledger,
                      std::uint64_t spool::Counts::*count) {
    Family family(std::move(name), std::move(help), MetricType::Counter);
    for (const auto& [key, counts] : ledger.by_label)
        family.add({{"destination", key.first}, {"event", key.second}}, static_cast<double>(counts.*count));
    return family.take();
}

MetricFamily delivered(const spool::Ledger& ledger) {
    return by_label("pinrelay_events_delivered_total", "Events that the destination has taken.", ledger,
                    &spool::Counts::delivered);
}

MetricFamily replayed(const spool::Ledger& ledger) {
    return by_label("pinrelay_events_replayed_total", "Dead letters that were given to delivery again.", ledger,
                    &spool::Counts::replayed);
}

MetricFamily pending(const spool::Ledger& ledger) {
    Family family("pinrelay_events_pending", "Stored events whose fate is not known yet.", MetricType::Gauge);
    for (const auto& [key, counts] : ledger.by_label)
        family.add({{"destination", key.first}, {"event", key.second}}, static_cast<double>(counts.pending()));
    return family.take();
}

MetricFamily by_reason(std::string name, std::string help, const Dropped& counts) {
    Family family(std::move(name), std::move(help), MetricType::Counter);
    for (const auto& [key, count] : counts)
        family.add({{"destination", key.first}, {"reason", key.second}}, static_cast<double>(count));
    return family.take();
}

// The series of an account stays when its last dead letter has gone.
MetricFamily dead_letter_bytes(const spool::Ledger& ledger) {
    std::map<std::string, std::uint64_t> bytes;
    for (const auto& [key, counts] : ledger.by_label) bytes[key.first] = 0;
    for (const auto& [destination, size] : ledger.dead_letters) bytes[destination] = size.bytes;
    Family family("pinrelay_dead_letter_bytes", "Size of the dead letters that are in the spool.", MetricType::Gauge);
    for (const auto& [destination, size] : bytes) family.add({{"destination", destination}}, static_cast<double>(size));
    return family.take();
}

MetricFamily dead_letter_max_bytes(const spool::Ledger& ledger) {
    Family family("pinrelay_dead_letter_max_bytes", "The most bytes of dead letters, of all destinations together.",
                  MetricType::Gauge);
    if (ledger.dead_letter_max_bytes) family.add({}, static_cast<double>(*ledger.dead_letter_max_bytes));
    return family.take();
}

// An age of 0 stands for: nothing is pending. The series stays, so that an alert sees its end.
MetricFamily oldest_age(const spool::Ledger& ledger, Time now) {
    std::map<std::string, double> ages;
    for (const auto& [key, counts] : ledger.by_label) ages[key.first] = 0;
    for (const auto& [destination, time] : ledger.oldest_pending)
        ages[destination] = std::max(0.0, std::chrono::duration<double>(now - time).count());
    Family family("pinrelay_oldest_pending_event_age_seconds",
                  "Time since the oldest pending event happened; 0 when none is pending.", MetricType::Gauge);
    for (const auto& [destination, age] : ages) family.add({{"destination", destination}}, age);
    return family.take();
}

// Nothing where there is no journal.
void add_journal(const spool::Ledger& ledger, std::vector<MetricFamily>& families) {
    if (!ledger.journal) return;
    const auto add = [&families](const char* name, const char* help, MetricType type, std::uint64_t value) {
        families.push_back(Family(name, help, type).add({}, static_cast<double>(value)).take());
    };
    const spool::JournalSize& journal = *ledger.journal;
    add("pinrelay_journal_entries", "Events in the journal.", MetricType::Gauge, journal.entries);
    add("pinrelay_journal_bytes", "Size of the journal, as journal.max_bytes counts it.", MetricType::Gauge,
        journal.bytes);
    add("pinrelay_journal_left_out_total", "Dropped events that the journal had no room for.", MetricType::Counter,
        journal.left_out);
    add("pinrelay_journal_removed_early_total", "Entries of the journal that were removed before journal.keep.",
        MetricType::Counter, journal.removed_early);
}

}  // namespace

std::vector<MetricFamily> event_account(const spool::Ledger& ledger, const Dropped& dropped_at_once, Time now) {
    const Dropped dropped = with_copies(dropped_at_once, ledger);
    std::vector<MetricFamily> families;
    families.push_back(accepted(ledger, dropped));
    families.push_back(replayed(ledger));
    families.push_back(delivered(ledger));
    families.push_back(by_reason("pinrelay_events_dead_lettered_total", "Stored events that will not be delivered.",
                                 ledger.dead_by_reason));
    families.push_back(by_reason("pinrelay_dead_letters_removed_total",
                                 "Dead letters that were removed for a limit of theirs.", ledger.removed_letters));
    families.push_back(dead_letter_bytes(ledger));
    families.push_back(dead_letter_max_bytes(ledger));
    families.push_back(
        by_reason("pinrelay_events_dropped_total", "Accepted events that are not sent, by design.", dropped));
    families.push_back(by_label("pinrelay_events_unfolded_total",
                                "Duplicates that were stored after all, since the first event was given up.", ledger,
                                &spool::Counts::unfolded));
    families.push_back(by_label("pinrelay_event_id_conflicts_total",
                                "Events that contradict another one with the same id in value or sender.", ledger,
                                &spool::Counts::conflicts));
    families.push_back(pending(ledger));
    families.push_back(oldest_age(ledger, now));
    families.push_back(Family("pinrelay_spool_bytes", "Size of the spool on disk.", MetricType::Gauge)
                           .add({}, static_cast<double>(ledger.bytes))
                           .take());
    families.push_back(
        Family("pinrelay_spool_writable", "1, or 0 from a failed write until one succeeds.", MetricType::Gauge)
            .add({}, ledger.writable ? 1 : 0)
            .take());
    families.push_back(
        Family("pinrelay_spool_full", "1 from an event refused for a bound until there is room.", MetricType::Gauge)
            .add({}, ledger.full ? 1 : 0)
            .take());
    add_journal(ledger, families);
    return families;
}

MetricFamily event_warnings(const spool::Ledger& ledger, const Warned& warned) {
    Warned warnings = warned;
    for (const auto& [key, counts] : ledger.by_label)
        if (counts.reused > 0) warnings[{key.first, reused_code}] += counts.reused;
    Family family("pinrelay_event_warnings_total", "Values left out or repaired in accepted events.",
                  MetricType::Counter);
    for (const auto& [key, count] : warnings)
        family.add({{"destination", key.first}, {"code", key.second}}, static_cast<double>(count));
    return family.take();
}

}  // namespace pinrelay::metrics
