#pragma once

#include <functional>
#include <vector>

#include "duplicate_guard.hpp"
#include "pinrelay/spool/spool.hpp"

namespace pinrelay::spool {

// Where a record is that the guard knows for the event of `arrival`.
using FindPlace = std::function<Place(RecordId id, const Record& arrival)>;

// The arrivals that would be duplicates, of remembered events or of each other. The guard remembers none of them.
Duplicates find_duplicates(const std::vector<Arrival>& arrivals, DuplicateGuard& guard, const FindPlace& place_of);

}  // namespace pinrelay::spool
