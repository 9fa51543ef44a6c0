#pragma once

#include <cstddef>

#include "pinrelay/core/secret.hpp"
#include "pinrelay/destination/destination.hpp"

namespace pinrelay::destinations::pinterest {

// What Pinterest's answer to a request of `count` events means.
//
//   200  a verdict for each event            Judged
//        no or too few verdicts, and the     Judged when num_events_processed accounts for the rest; else Isolate,
//        body counts what was processed      since a half that comes back clean is settled; a single one is refused
//        neither                             Retry: Pinterest folds a second copy of all but offline events
//   400, 413, 422                            Judged by the list in `details` where there is one, else Isolate; a
//                                            single event is refused
//   408, 425, 429, 5xx, none of these        Retry, after Retry-After or, for 429, X-RateLimit-Reset
//   401, 403, 404, other 3xx and 4xx         Pause: the next request would fare no better
destination::Verdict judge(const http::Response& response, std::size_t count, Time now, const Secret& token);

}  // namespace pinrelay::destinations::pinterest
