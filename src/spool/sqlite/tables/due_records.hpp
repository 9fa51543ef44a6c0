#pragma once

#include <optional>
#include <vector>

#include "ledger_keys.hpp"
#include "pinrelay/spool/spool.hpp"
#include "recent_records.hpp"
#include "spool/sqlite/connection/sqlite_connection.hpp"

namespace pinrelay::spool {

// The statements of a lease; a test looks at their query plans.
namespace lease_sql {
extern const char* const wake;
extern const char* const stranded;
extern const char* const waiting;
extern const char* const fresh;
extern const char* const stale;
extern const char* const fresh_newest;
extern const char* const stale_newest;
}  // namespace lease_sql

// Chooses the records of a lease. What it reads is bounded by the request and by the number of records held, not by
// the number stored: records that wait for their time are out of the way in the index, and those held are passed over
// in the index alone. A few batches of 1,000 are held at a time; passing over 8,000 takes about 1 ms.
class DueRecords {
public:
    explicit DueRecords(Connection& connection);

    // Ends the waits of at most so many records of all destinations, inside of the caller's transaction. Whether some
    // are left.
    bool end_waits(std::size_t most);

    // Takes them out of `recent` where they are there. Inside of the caller's transaction, since records whose wait is
    // over are marked ready.
    std::vector<StoredRecord> choose(const LeaseRequest& request, const HeldRecords& held, RecentRecords& recent);

private:
    struct Choice;
    void collect(Rows ids, Choice& choice);

    Statement wake_;
    Statement wake_stranded_;
    Statement end_waits_;
    Statement fresh_;
    Statement stale_;
    Statement fresh_newest_;
    Statement stale_newest_;
    Statement read_;
};

}  // namespace pinrelay::spool
