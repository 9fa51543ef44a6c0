#pragma once

#include <chrono>
#include <cstddef>

namespace pinrelay::spool {

// The store deduplicates: it does not store a record whose destination, event_name and event_id were appended before,
// if both records are about the same subject; see Arrival::subject. A dead letter is forgotten, so that its sender can
// send the event again.
struct DuplicateOptions {
    std::chrono::milliseconds window{0};  // how long a record is remembered; 0: the store does not deduplicate
    std::size_t max_keys = 1'000'000;     // records that are remembered at most; the oldest are forgotten first
};

}  // namespace pinrelay::spool
