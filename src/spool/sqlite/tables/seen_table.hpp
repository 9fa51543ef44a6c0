#pragma once

#include "spool/duplicates/duplicate_guard.hpp"
#include "spool/sqlite/connection/sqlite_connection.hpp"

namespace pinrelay::spool {

// `seen`: what a DuplicateGuard has changed, one row per transaction, in their order. A commit appends a row to the end
// of the table, and those that count no more are deleted from its beginning, some at a time.
class SeenTable {
public:
    explicit SeenTable(Connection& connection);

    // Makes the guard what the file says; does nothing where they agree.
    void load(DuplicateGuard& guard);

    // The changes of the transaction. Inside of the caller's.
    void write(const DuplicateGuard& guard);

    void clear();

private:
    void drop_rows_before(std::int64_t number);

    Connection& connection_;
    Statement insert_;
    Statement remove_;
    std::int64_t first_;  // the row with the lowest number, or what comes before it; 0 where there was none
};

}  // namespace pinrelay::spool
