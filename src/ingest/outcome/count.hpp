#pragma once

#include <vector>

#include "outcome.hpp"
#include "pinrelay/metrics/metrics.hpp"

namespace pinrelay::ingest {

// Counts the warnings of the events, and each event that is accepted but not sent. The spool's ledger counts the events
// that are sent.
void count(metrics::Metrics& metrics, const std::vector<Outcome>& outcomes);

}  // namespace pinrelay::ingest
