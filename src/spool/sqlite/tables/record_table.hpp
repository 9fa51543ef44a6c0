#pragma once

#include <optional>
#include <string>

#include "ledger_keys.hpp"
#include "pinrelay/spool/spool.hpp"
#include "spool/sqlite/connection/sqlite_connection.hpp"

namespace pinrelay::spool {

// Writing to `record` and `dead_letter`, inside of the caller's transaction.
class RecordTable {
public:
    explicit RecordTable(Connection& connection);

    // What a record that is not new has behind it.
    struct Past {
        int attempts = 0;
        bool sending = false;
    };
    void insert(RecordId id, const Record& record, Time accepted, Past past);

    // Nothing where the record is not pending (any more).
    std::optional<LedgerKey> remove(RecordId id);

    // Removes the records from `first` to `last` and gives how many there were.
    std::int64_t remove(RecordId first, RecordId last);

    // `interrupted` is its mark `sending`.
    std::optional<StoredRecord> find(RecordId id);

    // Its mark `sending`; nothing where no record that is pending has this id and that name, event id and destination.
    // Unlike `find` it does not read the body.
    std::optional<bool> is_interrupted(RecordId id, const Record& about);
    bool has_body(RecordId id, const std::string& body);

    // The pending record is this one from now on. It keeps its id, its label, and what it has behind it.
    void take_place(RecordId id, const Record& record);

    // Gives the record that was buried, without its body.
    std::optional<Record> bury(const Settlement& settlement, std::int64_t number, Time died);
    bool postpone(RecordId id, Time not_before, int sends);

    void mark_sending(RecordId id);  // until it is postponed, or gone

    // The highest that were given in this file.
    struct Last {
        RecordId id = 0;
        std::int64_t number = 0;  // of a dead letter
    };
    Last last();

private:
    Connection& connection_;
    Statement insert_;
    Statement remove_;
    Statement remove_one_;
    Statement remove_range_;
    Statement find_;
    Statement is_interrupted_;
    Statement has_body_;
    Statement take_place_;
    Statement bury_;
    Statement postpone_;
    Statement count_sends_;
    Statement mark_sending_;
    Statement last_;
};

}  // namespace pinrelay::spool
