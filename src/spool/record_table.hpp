#pragma once

#include <optional>
#include <string>
#include <utility>

#include "pinrelay/spool/spool.hpp"
#include "sqlite_connection.hpp"

namespace pinrelay::spool {

using Label = std::pair<std::string, std::string>;  // destination, event_label

// Writing to `record` and `dead_letter`, inside of the caller's transaction.
class RecordTable {
public:
    explicit RecordTable(Connection& connection);

    void insert(RecordId id, const Record& record, Time accepted);

    // Nothing where the record is not pending (any more).
    std::optional<Label> remove(RecordId id);
    std::optional<Label> bury(const Settlement& settlement, Time died);
    bool postpone(RecordId id, Time not_before);

    void mark_sending(RecordId id);  // until it is postponed, or gone

    RecordId last_id();  // no higher one is in use, or was in this file

private:
    Statement insert_;
    Statement remove_;
    Statement bury_;
    Statement postpone_;
    Statement mark_sending_;
    Statement last_id_;
};

}  // namespace pinrelay::spool
