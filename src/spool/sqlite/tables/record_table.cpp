#include "record_table.hpp"

#include <algorithm>

#include "event_columns.hpp"

namespace pinrelay::spool {

RecordTable::RecordTable(Connection& connection)
    : connection_(connection),
      insert_(connection, std::string("INSERT INTO record (id, not_before, sending, ") + event_columns +
                              ") VALUES (?, 0, ?, " + event_parameters + ")"),
      remove_(connection, "DELETE FROM record WHERE id = ? RETURNING destination, event_label"),
      // RETURNING makes SQLite fill a table of its own for each statement, which is half of what a deletion costs.
      remove_one_(connection, "DELETE FROM record WHERE id = ?"),
      remove_range_(connection, "DELETE FROM record WHERE id BETWEEN ? AND ?"),
      find_(connection, std::string("SELECT sending, ") + event_columns + " FROM record WHERE id = ?"),
      is_interrupted_(
          connection,
          "SELECT sending FROM record WHERE id = ? AND event_id = ? AND event_name = ? AND destination = ?"),
      has_body_(connection, "SELECT 1 FROM record WHERE id = ? AND body = ?"),
      take_place_(connection,
                  "UPDATE record SET source_name = ?2, event_time = ?3, deduplicated = ?4, body = ?5 WHERE id = ?1"),
      bury_(connection,
            std::string("INSERT INTO dead_letter (number, id, reason, message, died, ") + event_columns +
                ") SELECT ?5, id, ?2, ?3, ?4, " + event_columns +
                " FROM record WHERE id = ?1 RETURNING destination, event_label, event_name, event_id, event_time"),
      postpone_(connection,
                "UPDATE record SET attempts = attempts + ?3, not_before = ?2, sending = 0 WHERE id = ?1 RETURNING id"),
      count_sends_(connection, "UPDATE record SET attempts = attempts + ?2 WHERE id = ?1"),
      mark_sending_(connection, "UPDATE record SET sending = 1 WHERE id = ?"),
      // Those of records that are gone are known from the ledger: it has counted each.
      last_(connection,
            "SELECT max((SELECT coalesce(max(id), 0) FROM record), (SELECT coalesce(max(id), 0) FROM dead_letter), "
            "(SELECT coalesce(sum(stored), 0) FROM ledger)), max((SELECT coalesce(max(number), 0) FROM dead_letter), "
            "(SELECT coalesce(sum(dead_lettered), 0) FROM ledger))") {}

void RecordTable::insert(RecordId id, const Record& record, Time accepted, Past past) {
    std::apply([&](const auto&... values) { insert_.run(id, static_cast<int>(past.sending), values...); },
               event_values(record, accepted, past.attempts));
}

std::optional<LedgerKey> RecordTable::remove(RecordId id) {
    Rows rows = remove_.query(id);
    if (!rows.next()) return std::nullopt;
    LedgerKey label(rows.text(0), rows.text(1));
    rows.next();  // the statement has not ended before it says so
    return label;
}

std::int64_t RecordTable::remove(RecordId first, RecordId last) {
    if (first == last) {
        remove_one_.run(first);
    } else {
        remove_range_.run(first, last);
    }
    return connection_.changed_at_last();
}

std::optional<StoredRecord> RecordTable::find(RecordId id) {
    Rows row = find_.query(id);
    if (!row.next()) return std::nullopt;
    StoredRecord stored = event_in(row, 1);
    stored.interrupted = row.number(0) != 0;
    stored.id = id;
    return stored;
}

std::optional<bool> RecordTable::is_interrupted(RecordId id, const Record& about) {
    Rows row = is_interrupted_.query(id, about.event_id, about.event_name, about.destination);
    if (!row.next()) return std::nullopt;
    return row.number(0) != 0;
}

bool RecordTable::has_body(RecordId id, const std::string& body) { return has_body_.query(id, body).next(); }

void RecordTable::take_place(RecordId id, const Record& record) {
    take_place_.run(id, record.source_name, record.event_time, static_cast<int>(record.deduplicated), record.body);
}

std::optional<Record> RecordTable::bury(const Settlement& settlement, std::int64_t number, Time died) {
    if (settlement.sends > 0) count_sends_.run(settlement.id, settlement.sends);
    Rows rows = bury_.query(settlement.id, settlement.reason, settlement.message, died, number);
    if (!rows.next()) return std::nullopt;
    Record buried;
    buried.destination = rows.text(0);
    buried.event_label = rows.text(1);
    buried.event_name = rows.text(2);
    buried.event_id = rows.text(3);
    buried.event_time = rows.time(4);
    rows.next();
    remove_one_.run(settlement.id);
    return buried;
}

bool RecordTable::postpone(RecordId id, Time not_before, int sends) {
    Rows rows = postpone_.query(id, std::max(not_before, Time{}), sends);
    const bool found = rows.next();
    if (found) rows.next();
    return found;
}

void RecordTable::mark_sending(RecordId id) { mark_sending_.run(id); }

RecordTable::Last RecordTable::last() {
    Rows rows = last_.query();
    return rows.next() ? Last{rows.number(0), rows.number(1)} : Last{};
}

}  // namespace pinrelay::spool
