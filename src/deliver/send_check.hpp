#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "delivery_machine.hpp"
#include "pinrelay/core/clock.hpp"
#include "pinrelay/destination/destination.hpp"
#include "pinrelay/spool/spool.hpp"

namespace pinrelay::deliver {

struct Checked {
    std::vector<model::StoredRecord> sendable;
    std::vector<spool::Settlement> given_up;   // dead letters …
    std::vector<model::StoredRecord> dropped;  // … of these
    std::vector<model::RecordId> unsure;       // too old or late, if the system's clock has not just jumped forward
};

// Now, by the system's clock, and as far as it is certain: see core/confirmed_clock.hpp.
struct AgeClocks {
    Time wall{};
    Time confirmed{};
};

struct SendLimits {
    destination::AgeLimits age;
    AmbiguousOffline ambiguous_offline = AmbiguousOffline::DeadLetter;
};

// The last look at leased records before they are sent. Given up are those older than the destination takes; where it
// drops late ones, web and app events that are no longer fresh; and offline events that a former process had begun to
// send when it was killed, unless the operator wants them sent again. Nothing is given up for an age that is not
// certain, and nothing is sent that may be too old. Pure.
Checked check_before_sending(std::vector<model::StoredRecord> records, const SendLimits& limits, AgeClocks now);

std::string older_than(std::chrono::hours age);

}  // namespace pinrelay::deliver
