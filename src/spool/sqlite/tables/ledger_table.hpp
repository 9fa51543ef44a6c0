#pragma once

#include <map>
#include <string>
#include <vector>

#include "pinrelay/spool/spool.hpp"
#include "record_table.hpp"
#include "spool/sqlite/connection/sqlite_connection.hpp"

namespace pinrelay::spool {

// What one group changes in the ledger: summed up first, so that a thousand records of a label cost one UPDATE.
struct LedgerChange {
    std::map<LedgerKey, Counts> by_label;
    std::map<std::pair<std::string, std::string>, std::uint64_t> dead_by_reason;   // (destination, reason)
    std::map<std::pair<std::string, std::string>, std::uint64_t> removed_letters;  // (destination, removals label)

    struct Appended {
        std::uint64_t bytes = 0;
        Time oldest = Time::max();  // event_time
    };
    std::map<std::string, Appended> appended;  // by destination

    void note_appended(const Record& record);
    std::map<std::string, Counts> by_destination() const;
};

// Reading and writing `ledger`, `dead_reason` and `removed_letters`, inside of the caller's transaction.
class LedgerTable {
public:
    explicit LedgerTable(Connection& connection);

    void add(const LedgerChange& change);
    Ledger read();  // but for `bytes` and `writable`

    // How much the dead letters of each destination take; of a table of sums.
    std::map<std::string, DeadLetterSize> dead_letters();

    // The event time of the oldest record that is pending for it; two look-ups in indexes.
    std::optional<Time> oldest_pending(const std::string& destination);

    // The ledger's pending records against those in `record`, per destination: counted in an index, so that a million
    // take about a tenth of a second. Where they differ the ledger is mended: records that it does not know count as
    // stored, records that are gone without a verdict as dead-lettered with the reason "lost".
    struct Mended {
        std::string destination;
        std::int64_t unknown = 0;
        std::int64_t lost = 0;
    };
    std::vector<Mended> mend();

    // Counts the sums of the dead letters anew if they are of another number of letters than there are: somebody has
    // removed the triggers. Whether it did.
    bool mend_letter_sizes();

private:
    void add(const LedgerKey& label, const Counts& counts);
    std::map<std::string, std::int64_t> pending_records();
    Mended mend(const std::string& destination, const Ledger& ledger);

    Connection& connection_;
    Statement add_counts_;
    Statement begin_counts_;
    Statement add_reason_;
    Statement add_removed_;
    Statement letter_sizes_;
    Statement oldest_ready_;
    Statement oldest_waiting_;
};

// `ledger` takes over what a committed change did.
void apply(const LedgerChange& change, Ledger& ledger);

}  // namespace pinrelay::spool
