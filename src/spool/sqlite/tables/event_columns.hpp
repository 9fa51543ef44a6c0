#pragma once

#include <string_view>
#include <tuple>

#include "pinrelay/spool/spool.hpp"
#include "spool/sqlite/connection/sqlite_connection.hpp"

// The columns that `record` and `dead_letter` have in common. SQL names them, statements bind them and rows give them
// in one order, and all of it is in this file.
namespace pinrelay::spool {

inline constexpr const char* event_columns =
    "destination, source_name, event_name, event_label, event_id, event_time, deduplicated, accepted, attempts, body";
inline constexpr const char* event_parameters = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?";

// What the statement binds for them. The texts are lent.
inline auto event_values(const Record& record, Time accepted, int attempts) {
    return std::tuple(std::string_view(record.destination), std::string_view(record.source_name),
                      std::string_view(record.event_name), std::string_view(record.event_label),
                      std::string_view(record.event_id), record.event_time, static_cast<int>(record.deduplicated),
                      accepted, attempts, std::string_view(record.body));
}

// The event in a row that has them from column `first` on. `id` and `interrupted` are not among them.
inline StoredRecord event_in(const Rows& row, int first) {
    StoredRecord stored;
    int column = first;
    stored.record.destination = row.text(column++);
    stored.record.source_name = row.text(column++);
    stored.record.event_name = row.text(column++);
    stored.record.event_label = row.text(column++);
    stored.record.event_id = row.text(column++);
    stored.record.event_time = row.time(column++);
    stored.record.deduplicated = row.number(column++) != 0;
    stored.accepted = row.time(column++);
    stored.attempts = static_cast<int>(row.number(column++));
    stored.record.body = row.text(column);
    return stored;
}

}  // namespace pinrelay::spool
