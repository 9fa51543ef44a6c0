#include "dead_letter_table.hpp"

#include "event_columns.hpp"

namespace pinrelay::spool {

DeadLetterTable::DeadLetterTable(Connection& connection)
    : insert_(connection, std::string("INSERT INTO dead_letter (number, id, reason, message, died, ") + event_columns +
                              ") VALUES (?, ?, ?, ?, ?, " + event_parameters + ")"),
      remove_(connection, "DELETE FROM dead_letter WHERE number = ? RETURNING number") {}

void DeadLetterTable::insert(const DeadLetter& letter) {
    std::apply(
        [&](const auto&... values) {
            insert_.run(letter.number, letter.stored.id, letter.reason, letter.message, letter.died, values...);
        },
        event_values(letter.stored.record, letter.stored.accepted, letter.stored.attempts));
}

bool DeadLetterTable::remove(std::int64_t number) {
    Rows rows = remove_.query(number);
    const bool found = rows.next();
    if (found) rows.next();  // the statement has not ended before it says so
    return found;
}

}  // namespace pinrelay::spool
