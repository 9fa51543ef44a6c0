#pragma once

#include <cstddef>

#include "pinrelay/core/secret.hpp"
#include "pinrelay/destination/destination.hpp"

namespace pinrelay::destinations::pinterest {

// What Pinterest's answer to a request of `count` events means.
//
//   2xx                  Judged, by the list in `events` and the body's own counts: see clear_verdicts.hpp. A single
//                        event that was not processed is refused. Events that neither settles stay without verdict:
//                        Pinterest folds a second copy of them unless they are offline events.
//   400, 413, 422        Judged, by the list in `details` where there is one, else Isolate; a single event is refused.
//                        A 400 or 422 that is no JSON object comes from something in between: Retry, not ambiguous
//   400, 422 with a code of Pinterest's own faults
//                        Retry, as after a 500; ambiguous for 422
//   408, 425, 429, 5xx   Retry, after Retry-After or, for 429, X-RateLimit-Reset; ambiguous but for 425, 429 and 503,
//                        which say that nothing was done. After a 5xx an event of the batch may be the reason
//   401, 403, 404, other 3xx and 4xx
//                        Pause: the next request would fare no better
destination::Verdict judge(const http::Response& response, std::size_t count, Time now, const Secret& token);

}  // namespace pinrelay::destinations::pinterest
