#pragma once

#include <prometheus/metric_family.h>

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/spool/spool.hpp"

namespace pinrelay::metrics {

// (destination, reason) → accepted events that were not stored, since the process started.
using Dropped = std::map<std::pair<std::string, std::string>, std::uint64_t>;

// The account of events. Every figure comes from these two snapshots, so that in each scrape and for each destination
//   accepted + replayed = delivered + dead-lettered + dropped + pending.
std::vector<prometheus::MetricFamily> event_account(const spool::Ledger& ledger, const Dropped& dropped, Time now);

}  // namespace pinrelay::metrics
