#pragma once

#include <vector>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/deliver/delivery_machine.hpp"
#include "pinrelay/destination/destination.hpp"
#include "pinrelay/spool/spool.hpp"

namespace pinrelay::deliver {

struct Checked {
    std::vector<spool::StoredRecord> sendable;
    std::vector<spool::Settlement> given_up;  // dead letters
};

// The last look at leased records before they are sent. Given up are those older than the destination takes, and, where
// it drops late ones, web and app events that are no longer fresh. Pure.
Checked check_before_sending(std::vector<spool::StoredRecord> records, const destination::AgeLimits& limits, Time now);

}  // namespace pinrelay::deliver
