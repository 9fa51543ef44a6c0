#pragma once

#include <chrono>
#include <cstddef>

namespace pinrelay::spool {

// The store deduplicates by destination, event_name and event_id, the trust of the senders and what the events say: see
// Arrival. A dead letter is forgotten, so that its sender can send the event again.
struct DuplicateOptions {
    std::chrono::milliseconds window{0};  // how long a record is remembered; 0: the store does not deduplicate

    // Records that are remembered at most; the oldest are forgotten first. Records of trusted senders (Network and
    // better) are forgotten only for others of these, and beyond eight tenths; those of browsers with a proof only for
    // these and trusted ones, beyond nine tenths.
    std::size_t max_keys = 1'000'000;
};

}  // namespace pinrelay::spool
