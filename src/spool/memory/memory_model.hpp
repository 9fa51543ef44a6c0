#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "pinrelay/spool/dead_letters.hpp"
#include "pinrelay/spool/duplicates.hpp"
#include "pinrelay/spool/spool.hpp"
#include "reference_guard.hpp"

namespace pinrelay::spool {

// The meaning of Spool in its plainest form. The memory store is a lock around it; a property test compares the SQLite
// store with it. Not thread-safe.
class MemoryModel {
public:
    explicit MemoryModel(DuplicateOptions duplicates = {}) : guard_(duplicates) {}

    Duplicates append(std::vector<Arrival> arrivals, Time now);
    Duplicates check_duplicates(const std::vector<Arrival>& arrivals, Time now) const;
    void refuse(const std::vector<Arrival>& arrivals, Time now);  // an append whose commit failed: it still uses up ids
    std::vector<StoredRecord> lease(const LeaseRequest& request, Time now);
    void settle(const std::vector<Settlement>& settlements, Time now);  // ignores a record that is not pending
    std::size_t expire(const std::string& destination, Time before, const std::string& reason,
                       const std::string& message, std::size_t limit, Time now);
    void replay(std::int64_t number, Record record);  // the rewritten record of the dead letter
    void purge(std::int64_t number);
    void release_all();  // as opening the store again does; ids that no commit has kept are free again

    Ledger ledger() const;
    Waiting waiting(const std::string& destination) const;
    std::vector<DeadLetter> dead_letters(const std::string& destination, std::size_t limit) const;

private:
    struct Copy {
        Said said;
        Record record;
        Time accepted{};
    };
    struct Pending {
        StoredRecord stored;
        Time not_before{};
        bool sending = false;
        std::optional<Copy> copy;   // the best of those that were folded into it
        std::optional<Said> rival;  // what it says, where the guard knows another event with its id
    };

    // False: it is a duplicate.
    bool admit(const Arrival& arrival, Time now);
    RecordId insert(Record record, Time accepted);
    void take_place(Pending& entry, const Arrival& arrival, const Said& known);
    static void keep_copy(Pending& entry, const Copy& copy);
    void displace(RecordId id, RecordId by, Time now);
    bool displace_if_outranked(RecordId id, Time now);
    void remember(const Record& record, const ReferenceGuard::Known& before,
                  const KnownAfter<ReferenceGuard::Print>& after);
    void forget(const Pending& entry);  // one that is gone
    void bring_copy_back(const Pending& gone, const std::string& reason, Time too_old_before);

    std::vector<RecordId> choose(const LeaseRequest& request);
    std::vector<StoredRecord> take(const std::vector<RecordId>& chosen);
    void end(const Settlement& settlement, Time now, Time too_old_before);
    std::vector<DeadLetter>::iterator find(std::int64_t number);
    void bury(Pending entry, const Settlement& settlement, Time now);
    Counts& counts_of(const Record& record) { return ledger_.by_label[{record.destination, record.event_label}]; }

    ReferenceGuard guard_;
    std::map<RecordId, Pending> pending_;
    std::set<RecordId> held_;
    std::vector<DeadLetter> dead_;  // in the order of their deaths
    Ledger ledger_;                 // oldest_pending is worked out when asked
    RecordId last_id_ = 0;
    std::int64_t last_number_ = 0;
};

}  // namespace pinrelay::spool
