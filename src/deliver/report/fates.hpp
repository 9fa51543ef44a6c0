#pragma once

#include <string_view>
#include <vector>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/model/record.hpp"
#include "pinrelay/spool/spool.hpp"
#include "pinrelay/watch/live_events.hpp"

namespace pinrelay::deliver {

// When records were settled.
struct FateTimes {
    Time settled;  // by the clock that accepted them, for the latency
    Time wall;     // by the system's, for people
};

// Shows what became of the records of a batch to those who watch. `trouble`: why the account's requests fail, for
// records that are sent again.
void show_fates(watch::LiveEvents& live, const std::vector<model::StoredRecord>& batch,
                const std::vector<spool::Settlement>& settlements, const FateTimes& times, std::string_view trouble);

}  // namespace pinrelay::deliver
