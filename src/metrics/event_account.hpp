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

// (destination, reason) → accepted events that were not stored, since the process started; without the copies that the
// spool folds, which its ledger counts.
using Dropped = std::map<std::pair<std::string, std::string>, std::uint64_t>;

// (destination, code) → warnings about accepted events, since the process started; without those of the spool.
using Warned = Dropped;

// The account of events. Every figure comes from these two snapshots, so that in each scrape and for each destination
//   accepted + replayed = delivered + dead-lettered + dropped + pending.
std::vector<prometheus::MetricFamily> event_account(const spool::Ledger& ledger, const Dropped& dropped, Time now);

// With event_id_reused, which the ledger counts: two events under one id, both of them stored.
prometheus::MetricFamily event_warnings(const spool::Ledger& ledger, const Warned& warned);

}  // namespace pinrelay::metrics
