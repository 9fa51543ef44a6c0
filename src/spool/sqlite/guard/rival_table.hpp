#pragma once

#include <optional>

#include "occupancy.hpp"
#include "pinrelay/spool/spool.hpp"
#include "spool/duplicates/duplicate_rules.hpp"

namespace pinrelay::spool {

// `rival`: pending records that have an id together with another event, which the guard knows in their place, with the
// trust and the print of each. A more trusted event that comes finds them when they are leased. Inside of the caller's
// transaction. Without a rival in the file nothing costs anything.
class RivalTable {
public:
    explicit RivalTable(Connection& connection);

    using Rival = Version<std::uint32_t>;

    bool is_empty() const noexcept { return occupancy_.is_empty(); }
    void put(RecordId record, const Rival& rival);
    std::optional<Rival> find(RecordId record);
    std::optional<Rival> take(RecordId record);  // removes and gives it

    void remove_orphans();  // as CopyTable
    void look_again() { occupancy_.look(); }

private:
    Statement put_;
    Statement find_;
    Statement take_;
    Statement remove_orphans_;
    Occupancy occupancy_;
};

}  // namespace pinrelay::spool
