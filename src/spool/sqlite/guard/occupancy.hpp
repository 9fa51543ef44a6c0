#pragma once

#include <string>

#include "spool/sqlite/connection/sqlite_connection.hpp"

namespace pinrelay::spool {

// Whether a table has rows, known without a statement: those of the guard are empty nearly always, and then cost
// nothing. As good as the last look: `look` after a deletion, and where another program may have written.
class Occupancy {
public:
    Occupancy(Connection& connection, const char* table)
        : exists_(connection, std::string("SELECT EXISTS (SELECT 1 FROM ") + table + ")") {
        look();
    }

    bool is_empty() const noexcept { return !occupied_; }
    void added() noexcept { occupied_ = true; }
    void look() {
        Rows rows = exists_.query();
        occupied_ = rows.next() && rows.number(0) != 0;
    }

private:
    Statement exists_;
    bool occupied_ = false;
};

}  // namespace pinrelay::spool
