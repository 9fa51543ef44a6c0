#pragma once

#include <cstdint>
#include <vector>

#include "ingest/outcome/outcome.hpp"
#include "pinrelay/spool/spool.hpp"

namespace pinrelay::ingest {

// What the store gets of these outcomes: one arrival for each that has a record, in their order. `take_arrivals` moves
// the records out of them.
std::vector<spool::Arrival> arrivals_of(const std::vector<Outcome>& outcomes);
std::vector<spool::Arrival> take_arrivals(std::vector<Outcome>& outcomes);

// Marks the outcomes that the store names as duplicates, by their positions among those arrivals.
void mark(std::vector<Outcome>& outcomes, const spool::Duplicates& duplicates);

// What the records take in the store, as it counts bytes.
struct StoredBytes {
    std::uint64_t all = 0;
    std::uint64_t of_strangers = 0;  // senders below model::Trust::Network
};
StoredBytes stored_bytes(const std::vector<Outcome>& outcomes);

}  // namespace pinrelay::ingest
