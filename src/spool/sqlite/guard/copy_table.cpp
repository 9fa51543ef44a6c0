#include "copy_table.hpp"

#include "known_bytes.hpp"

namespace pinrelay::spool {

CopyTable::CopyTable(Connection& connection)
    : find_(connection, "SELECT known FROM copy WHERE record = ?"),
      put_(connection,
           "INSERT OR REPLACE INTO copy (record, known, source_name, event_label, event_time, deduplicated, accepted, "
           "body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
      move_(connection, "UPDATE OR IGNORE copy SET record = ?2 WHERE record = ?1"),
      remove_(connection, "DELETE FROM copy WHERE record = ? RETURNING record"),
      take_(connection,
            "SELECT known, source_name, event_label, event_time, deduplicated, accepted, body FROM copy "
            "WHERE record = ?"),
      remove_orphans_(connection, "DELETE FROM copy WHERE record NOT IN (SELECT id FROM record)"),
      occupancy_(connection, "copy") {}

std::optional<Said> CopyTable::find(RecordId record) {
    if (occupancy_.is_empty()) return std::nullopt;
    Rows rows = find_.query(record);
    if (!rows.next()) return std::nullopt;
    return unpacked(known_in(rows.bytes(0))).said;
}

void CopyTable::put(RecordId record, const Copy& copy) {
    const std::string known = bytes_of(packed(copy.known));
    put_.run(record, Bytes{known}, copy.record.source_name, copy.record.event_label, copy.record.event_time,
             static_cast<int>(copy.record.deduplicated), copy.accepted, copy.record.body);
    occupancy_.added();
}

void CopyTable::move(RecordId from, RecordId to) {
    if (occupancy_.is_empty()) return;
    move_.run(from, to);
    remove(from);
}

void CopyTable::remove(RecordId record) {
    if (occupancy_.is_empty()) return;
    bool found = false;
    for (Rows rows = remove_.query(record); rows.next();) found = true;
    if (found) occupancy_.look();
}

std::optional<CopyTable::Copy> CopyTable::take(RecordId record, const Record& original) {
    if (occupancy_.is_empty()) return std::nullopt;
    Copy copy;
    {
        Rows rows = take_.query(record);
        if (!rows.next()) return std::nullopt;
        copy.known = unpacked(known_in(rows.bytes(0)));
        copy.record = original;
        copy.record.source_name = rows.text(1);
        copy.record.event_label = rows.text(2);
        copy.record.event_time = rows.time(3);
        copy.record.deduplicated = rows.number(4) != 0;
        copy.accepted = rows.time(5);
        copy.record.body = rows.text(6);
    }
    remove(record);
    return copy;
}

void CopyTable::remove_orphans() {
    if (occupancy_.is_empty()) return;
    remove_orphans_.run();
    occupancy_.look();
}

}  // namespace pinrelay::spool
