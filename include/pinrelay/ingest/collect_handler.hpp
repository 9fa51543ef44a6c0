#pragma once

#include <memory>
#include <vector>

#include "pinrelay/core/logger.hpp"
#include "pinrelay/ingest/long_bodies.hpp"
#include "pinrelay/ingest/proof_counts.hpp"
#include "pinrelay/ingest/settings.hpp"
#include "pinrelay/metrics/metrics.hpp"
#include "pinrelay/net/handler.hpp"
#include "pinrelay/spool/spool.hpp"
#include "pinrelay/watch/live_events.hpp"

namespace pinrelay::ingest {

// The handler of the public port. It serves the paths that take events, and GET /healthz. Any thread may call it.
// `spool`, `metrics`, `long_bodies`, `proof_counts`, `logger`, `live` and the destinations of the routes are lent; all
// of them outlive the handler. `live`: where those who watch read; null pointer for nobody. A request that is long
// waits for its turn on `long_bodies` with the handler that it began with. Throws std::invalid_argument, which names
// the entry, for a proxy or a network that is neither address nor CIDR block.
std::unique_ptr<net::Handler> make_collect_handler(const CollectSettings& settings, std::vector<Route> routes,
                                                   spool::Spool& spool, metrics::Metrics& metrics,
                                                   LongBodies& long_bodies, ProofCounts& proof_counts, Logger& logger,
                                                   watch::LiveEvents* live = nullptr);

}  // namespace pinrelay::ingest
