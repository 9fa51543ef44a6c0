#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "pinrelay/core/logger.hpp"
#include "pinrelay/metrics/metrics.hpp"
#include "pinrelay/spool/spool.hpp"

namespace pinrelay::app {

// What the relay has counted so far, at one moment.
struct Moment {
    metrics::Tally tally;
    spool::Ledger ledger;
};

// One account in a minute. A map's key is a metric label.
struct AccountMinute {
    std::string destination;
    std::uint64_t accepted = 0;  // stored or dropped; of "none" by all accounts together
    std::uint64_t delivered = 0;
    std::uint64_t dropped = 0;
    std::uint64_t dead_lettered = 0;
    std::uint64_t pending = 0;  // at the minute's end
    std::map<std::string, std::uint64_t> drops;
    std::map<std::string, std::uint64_t> warnings;

    bool had_traffic() const noexcept { return accepted + delivered + dead_lettered > 0; }
    bool lost_most() const noexcept { return dropped * 2 > accepted; }
};

// What happened between two moments: the accounts with traffic, by name. "none" has the events that reached no
// account. Members of a request that are no events are not counted. Pure.
std::vector<AccountMinute> minute_between(const Moment& before, const Moment& now);

// "12 of 340 events dropped in the last minute: no_match_keys 9, duplicate 3", the most frequent first.
std::string sentence_of(const AccountMinute& minute);

// Logs a line for each account that had traffic, and one for the requests that were refused as a whole. A warning where
// most events of an account were dropped.
void log_minute(const Moment& before, const Moment& now, Logger& logger);

}  // namespace pinrelay::app
