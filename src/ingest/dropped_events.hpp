#pragma once

#include <span>
#include <vector>

#include "ingest/outcome/outcome.hpp"
#include "pinrelay/spool/journal.hpp"

namespace pinrelay::ingest {

// What the store's journal gets of events that were dropped before the store: one for each, in their order.
std::vector<spool::DroppedEvent> dropped_events(std::span<const Outcome> outcomes);

}  // namespace pinrelay::ingest
