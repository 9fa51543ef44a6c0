#pragma once

#include <optional>

#include "pinrelay/spool/spool.hpp"
#include "spool/sqlite/connection/sqlite_connection.hpp"

namespace pinrelay::spool {

// `rival`: pending records that have an id together with another event, which the guard knows in their place, and the
// trust of each. A more trusted event that comes finds them when they are leased. Inside of the caller's transaction.
// Without a rival in the file nothing costs anything.
class RivalTable {
public:
    explicit RivalTable(Connection& connection);

    bool is_empty() const noexcept { return rivals_ == 0; }
    void put(RecordId record, model::Trust trust);
    std::optional<model::Trust> find(RecordId record);
    bool remove(RecordId record);  // false where it was not there

    void remove_orphans();  // as CopyTable

private:
    Statement put_;
    Statement find_;
    Statement remove_;
    Statement remove_orphans_;
    std::int64_t rivals_;  // at most so many are there
};

}  // namespace pinrelay::spool
