#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "pinrelay/spool/spool.hpp"
#include "spool/sqlite/store.hpp"
#include "spool/sqlite/tables/ledger_table.hpp"
#include "spool/sqlite/writer_memory.hpp"

namespace pinrelay::spool {

// What became of an arrival.
struct Admission {
    bool folded = false;     // no record was added
    RecordId record = 0;     // that was added, or into which it was folded; 0: that one is not known
    RecordId displaced = 0;  // of the record that is to become a dead letter; 0: none
};

// Lets arrivals into the store as the rules of deduplication decide, and keeps the guard, the copies and the rivals
// right when records leave it. Part of a group: everything is inside of its transaction, and the guard's changes end
// with it. Without a guard every arrival is stored.
class GuardedArrivals {
public:
    // `change` gets what arrivals add to the ledger.
    GuardedArrivals(Store& store, Memory& memory, LedgerChange& change)
        : store_(store), memory_(memory), change_(change) {}

    // The record is moved from where it is stored.
    Admission admit(Arrival& arrival, Time accepted);

    // Where the record is that the guard knows for the event of `arrival`. One that is not about this event is Gone.
    Place place_of(RecordId id, const Record& arrival);

    // Takes those out of `due` that a more trusted record with the same id has displaced, and gives their ids.
    std::vector<RecordId> take_displaced(std::vector<StoredRecord>& due);

    void delivered(RecordId id);

    // After the record became a dead letter. Gives whether its copy was stored in its place.
    bool buried(RecordId id, const Record& record, std::string_view reason, Time too_old_before);

private:
    Counts& counts_of(const Record& record) { return change_.by_label[memory_.keys.of(record)]; }
    RecordId insert(Record record, Time accepted);
    Admission admit_known(Arrival& arrival, Time accepted, const EventKey& key, const Said& said, const Known& known);
    void take_place(const Known& known, const Record& record);
    void keep_copy(RecordId id, const CopyTable::Copy& copy);
    void remember(const EventKey& key, const Known& before, const KnownAfter<std::uint32_t>& after);
    void forget(const EventKey& key, RecordId id, const std::optional<RivalTable::Rival>& rival);
    void bring_back(CopyTable::Copy copy, const EventKey& key);
    bool is_displaced(const StoredRecord& stored);

    Store& store_;
    Memory& memory_;
    LedgerChange& change_;
};

}  // namespace pinrelay::spool
