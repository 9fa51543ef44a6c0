#include "ledger_table.hpp"

#include <algorithm>

#include "pinrelay/spool/dead_letter_reasons.hpp"

namespace pinrelay::spool {
namespace {

std::uint64_t count(const Rows& rows, int column) { return static_cast<std::uint64_t>(rows.number(column)); }

std::int64_t signed_count(std::uint64_t count) { return static_cast<std::int64_t>(count); }

}  // namespace

void LedgerChange::note_appended(const Record& record) {
    Appended& sum = appended[record.destination];
    sum.bytes += bytes_of(record);
    sum.oldest = std::min(sum.oldest, record.event_time);
}

std::map<std::string, Counts> LedgerChange::by_destination() const {
    std::map<std::string, Counts> sums;
    for (const auto& [label, counts] : by_label) sums[label.first] += counts;
    return sums;
}

LedgerTable::LedgerTable(Connection& connection)
    : connection_(connection),
      // One statement for both, an upsert, costs twice as much, and the row is nearly always there.
      add_counts_(connection,
                  "UPDATE ledger SET stored = stored + ?3, delivered = delivered + ?4, dead_lettered = dead_lettered + "
                  "?5, replayed = replayed + ?6, folded = folded + ?7, reused = reused + ?8, unfolded = unfolded + ?9, "
                  "conflicts = conflicts + ?10 WHERE destination = ?1 AND event_label = ?2"),
      begin_counts_(connection,
                    "INSERT INTO ledger (destination, event_label, stored, delivered, dead_lettered) "
                    "VALUES (?, ?, 0, 0, 0)"),
      add_reason_(connection,
                  "INSERT INTO dead_reason (destination, reason, records) VALUES (?, ?, ?) "
                  "ON CONFLICT DO UPDATE SET records = records + excluded.records"),
      add_removed_(connection,
                   "INSERT INTO removed_letters (destination, cause, letters) VALUES (?, ?, ?) "
                   "ON CONFLICT DO UPDATE SET letters = letters + excluded.letters"),
      letter_sizes_(connection, "SELECT destination, letters, bytes FROM dead_letter_size WHERE letters > 0"),
      oldest_ready_(connection,
                    "SELECT event_time FROM record INDEXED BY record_due "
                    "WHERE destination = ? AND not_before = 0 ORDER BY event_time LIMIT 1"),
      oldest_waiting_(connection,
                      "SELECT event_time FROM record INDEXED BY record_waiting "
                      "WHERE destination = ? AND not_before > 0 ORDER BY event_time LIMIT 1") {}

void LedgerTable::add(const LedgerKey& label, const Counts& counts) {
    const auto add_to_row = [&] {
        add_counts_.run(label.first, label.second, signed_count(counts.stored), signed_count(counts.delivered),
                        signed_count(counts.dead_lettered), signed_count(counts.replayed), signed_count(counts.folded),
                        signed_count(counts.reused), signed_count(counts.unfolded), signed_count(counts.conflicts));
        return connection_.changed_at_last() > 0;
    };
    if (add_to_row()) return;
    begin_counts_.run(label.first, label.second);
    add_to_row();
}

void LedgerTable::add(const LedgerChange& change) {
    for (const auto& [label, counts] : change.by_label) add(label, counts);
    for (const auto& [reason, records] : change.dead_by_reason)
        add_reason_.run(reason.first, reason.second, signed_count(records));
    for (const auto& [cause, letters] : change.removed_letters)
        add_removed_.run(cause.first, cause.second, signed_count(letters));
}

Ledger LedgerTable::read() {
    Ledger ledger;
    Statement counts(connection_,
                     "SELECT destination, event_label, stored, delivered, dead_lettered, replayed, folded, reused, "
                     "unfolded, conflicts FROM ledger");
    for (Rows rows = counts.query(); rows.next();)
        ledger.by_label[{rows.text(0), rows.text(1)}] = {count(rows, 2), count(rows, 3), count(rows, 4),
                                                         count(rows, 5), count(rows, 6), count(rows, 7),
                                                         count(rows, 8), count(rows, 9)};
    Statement reasons(connection_, "SELECT destination, reason, records FROM dead_reason");
    for (Rows rows = reasons.query(); rows.next();)
        ledger.dead_by_reason[{rows.text(0), rows.text(1)}] = static_cast<std::uint64_t>(rows.number(2));
    Statement removed(connection_, "SELECT destination, cause, letters FROM removed_letters");
    for (Rows rows = removed.query(); rows.next();)
        ledger.removed_letters[{rows.text(0), rows.text(1)}] = count(rows, 2);
    ledger.dead_letters = dead_letters();
    for (const auto& [label, counted] : ledger.by_label)
        if (const auto oldest = oldest_pending(label.first)) ledger.oldest_pending[label.first] = *oldest;
    return ledger;
}

std::optional<Time> LedgerTable::oldest_pending(const std::string& destination) {
    std::optional<Time> oldest;
    for (Statement* statement : {&oldest_ready_, &oldest_waiting_}) {
        Rows rows = statement->query(destination);
        if (rows.next()) oldest = std::min(oldest.value_or(rows.time(0)), rows.time(0));
    }
    return oldest;
}

std::map<std::string, std::int64_t> LedgerTable::pending_records() {
    std::map<std::string, std::int64_t> records;
    Statement count(connection_, "SELECT destination, count(*) FROM record INDEXED BY record_due GROUP BY destination");
    for (Rows rows = count.query(); rows.next();) records[rows.text(0)] = rows.number(1);
    return records;
}

std::map<std::string, DeadLetterSize> LedgerTable::dead_letters() {
    std::map<std::string, DeadLetterSize> sizes;
    for (Rows rows = letter_sizes_.query(); rows.next();) sizes[rows.text(0)] = {count(rows, 1), count(rows, 2)};
    return sizes;
}

std::vector<LedgerTable::Mended> LedgerTable::mend() {
    const Ledger ledger = read();
    std::map<std::string, std::int64_t> difference = pending_records();
    for (const auto& [label, counts] : ledger.by_label) difference[label.first] -= signed_count(counts.pending());
    std::vector<Mended> mended;
    for (const auto& [destination, records] : difference)
        if (records != 0) mended.push_back(mend(destination, ledger));
    return mended;
}

bool LedgerTable::mend_letter_sizes() {
    const auto counted = connection_.number("SELECT coalesce(sum(letters), 0) FROM dead_letter_size");
    if (counted == connection_.number("SELECT count(*) FROM dead_letter")) return false;
    connection_.run(
        "DELETE FROM dead_letter_size;"
        "INSERT INTO dead_letter_size SELECT destination, count(*), sum(bytes) FROM dead_letter GROUP BY destination");
    return true;
}

LedgerTable::Mended LedgerTable::mend(const std::string& destination, const Ledger& ledger) {
    std::map<std::string, std::int64_t> difference;
    Statement count(connection_, "SELECT event_label, count(*) FROM record WHERE destination = ? GROUP BY event_label");
    for (Rows rows = count.query(destination); rows.next();) difference[rows.text(0)] = rows.number(1);
    for (const auto& [label, counts] : ledger.by_label)
        if (label.first == destination) difference[label.second] -= signed_count(counts.pending());

    Mended mended{destination};
    LedgerChange change;
    for (const auto& [label, records] : difference) {
        Counts& counts = change.by_label[{destination, label}];
        if (records > 0) counts.stored += static_cast<std::uint64_t>(records);
        if (records < 0) counts.dead_lettered += static_cast<std::uint64_t>(-records);
        mended.unknown += std::max<std::int64_t>(records, 0);
        mended.lost += std::max<std::int64_t>(-records, 0);
    }
    if (mended.lost > 0)
        change.dead_by_reason[{destination, std::string(reasons::lost.label)}] =
            static_cast<std::uint64_t>(mended.lost);
    add(change);
    return mended;
}

void apply(const LedgerChange& change, Ledger& ledger) {
    for (const auto& [label, counts] : change.by_label) {
        Counts& sum = ledger.by_label[label];
        sum += counts;
    }
    for (const auto& [reason, records] : change.dead_by_reason) ledger.dead_by_reason[reason] += records;
    for (const auto& [cause, letters] : change.removed_letters) ledger.removed_letters[cause] += letters;
}

}  // namespace pinrelay::spool
