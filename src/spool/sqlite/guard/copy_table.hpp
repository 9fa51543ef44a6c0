#pragma once

#include <optional>

#include "occupancy.hpp"
#include "pinrelay/spool/spool.hpp"
#include "spool/duplicates/packed_known.hpp"
#include "spool/sqlite/connection/sqlite_connection.hpp"

namespace pinrelay::spool {

// `copy`: for a pending record, the best of the events that were folded into it. Inside of the caller's transaction.
// Without a copy in the file nothing costs anything.
class CopyTable {
public:
    explicit CopyTable(Connection& connection);

    struct Copy {
        Known known;  // without a record
        Record record;
        Time accepted{};
    };

    std::optional<Said> find(RecordId record);
    void put(RecordId record, const Copy& copy);  // in the place of an earlier one
    void move(RecordId from, RecordId to);        // unless `to` has one
    void remove(RecordId record);

    // Removes and gives it. Destination, name and id are those of `original`, which is its record.
    std::optional<Copy> take(RecordId record, const Record& original);

    // Removes those whose record is gone: another program may delete records.
    void remove_orphans();

    void look_again() { occupancy_.look(); }  // another program may have written

private:
    Statement find_;
    Statement put_;
    Statement move_;
    Statement remove_;
    Statement take_;
    Statement remove_orphans_;
    Occupancy occupancy_;
};

}  // namespace pinrelay::spool
