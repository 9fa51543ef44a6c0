#pragma once

#include <chrono>
#include <vector>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/spool/spool.hpp"

namespace pinrelay::deliver {

struct ByAge {
    std::vector<spool::StoredRecord> sendable;
    std::vector<spool::Settlement> too_old;
};

// Parts the records that the destination would still take from those whose event is older than `oldest`. Pure.
ByAge sort_by_age(std::vector<spool::StoredRecord> records, std::chrono::hours oldest, Time now);

}  // namespace pinrelay::deliver
