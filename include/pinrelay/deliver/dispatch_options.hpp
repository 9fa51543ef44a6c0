#pragma once

#include <chrono>
#include <cstddef>

namespace pinrelay::deliver {

// How long an account waits after a request that failed. All are above zero.
struct RetryLimits {
    std::chrono::milliseconds base{500};      // the bound of the first wait; it doubles with each further failure
    std::chrono::milliseconds cap{60'000};    // the bound of every wait that the destination did not ask for
    std::chrono::milliseconds pause{60'000};  // between probes of an account whose token or id was refused
    std::chrono::milliseconds longest_wish{3'600'000};  // the bound of a wait that the destination asks for
};

// What becomes of an offline event whose send ended without an answer. The destination counts a second one twice; a
// missing one it counts not at all.
enum class AmbiguousOffline { DeadLetter, SendAgain };

struct DispatchOptions {
    std::chrono::milliseconds linger{1000};  // how long a batch that is not full waits for more records
    RetryLimits retry;
    std::size_t concurrency = 8;      // batches of one account in flight, at most; the answers decide how many
    double requests_per_second = 75;  // at most; the destination's own limit applies where that is lower
    AmbiguousOffline ambiguous_offline = AmbiguousOffline::DeadLetter;
    std::chrono::milliseconds warn_age{15 * 60'000};  // age of the oldest pending event that is warned of; 0 for never
    std::chrono::milliseconds look_again{1000};       // until the next look at a store that fails or has nothing due
    std::chrono::milliseconds round{60'000};          // between two searches for events that are too old
    std::chrono::milliseconds last_wait{2000};        // after the grace: for cancelled requests to end and be settled
};

}  // namespace pinrelay::deliver
