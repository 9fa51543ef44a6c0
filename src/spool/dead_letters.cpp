#include "dead_letters.hpp"

#include <algorithm>
#include <limits>

#include "sqlite_connection.hpp"

namespace pinrelay::spool {
namespace {

DeadLetter letter_from(const Rows& row) {
    DeadLetter letter;
    letter.stored.id = row.number(0);
    letter.stored.record.destination = row.text(1);
    letter.stored.record.event_name = row.text(2);
    letter.stored.record.event_label = row.text(3);
    letter.stored.record.event_id = row.text(4);
    letter.stored.record.event_time = row.time(5);
    letter.stored.record.deduplicated = row.number(6) != 0;
    letter.stored.accepted = row.time(7);
    letter.stored.attempts = static_cast<int>(row.number(8));
    letter.reason = row.text(9);
    letter.message = row.text(10);
    letter.died = row.time(11);
    letter.stored.record.body = row.text(12);
    letter.stored.record.source_name = row.text(13);
    letter.number = row.number(14);
    return letter;
}

}  // namespace

std::vector<DeadLetter> read_dead_letters(const std::filesystem::path& file, const std::string& destination,
                                          std::size_t limit) {
    Connection connection(file, Connection::Access::ReadOnly);
    const std::string columns =
        "SELECT id, destination, event_name, event_label, event_id, event_time, deduplicated, accepted, attempts, "
        "reason, message, died, body, source_name, number FROM dead_letter ";
    Statement statement(connection, columns + (destination.empty() ? "WHERE ?1 = '' " : "WHERE destination = ?1 ") +
                                        "ORDER BY number DESC LIMIT ?2");
    constexpr auto no_limit = static_cast<std::size_t>(std::numeric_limits<std::int64_t>::max());
    Rows rows = statement.query(destination, static_cast<std::int64_t>(std::min(limit, no_limit)));
    std::vector<DeadLetter> letters;
    while (rows.next()) letters.push_back(letter_from(rows));
    return letters;
}

}  // namespace pinrelay::spool
