#include "letter_table.hpp"

namespace pinrelay::spool {

LetterTable::LetterTable(Connection& connection)
    : insert_(connection,
              "INSERT INTO dead_letter (number, id, destination, source_name, event_name, event_label, event_id, "
              "event_time, deduplicated, accepted, attempts, reason, message, died, body) "
              "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      remove_(connection, "DELETE FROM dead_letter WHERE number = ? RETURNING number") {}

void LetterTable::insert(const DeadLetter& letter) {
    const model::Record& record = letter.stored.record;
    insert_.run(letter.number, letter.stored.id, record.destination, record.source_name, record.event_name,
                record.event_label, record.event_id, record.event_time, static_cast<int>(record.deduplicated),
                letter.stored.accepted, letter.stored.attempts, letter.reason, letter.message, letter.died,
                record.body);
}

bool LetterTable::remove(std::int64_t number) {
    Rows rows = remove_.query(number);
    const bool found = rows.next();
    if (found) rows.next();  // the statement has not ended before it says so
    return found;
}

}  // namespace pinrelay::spool
