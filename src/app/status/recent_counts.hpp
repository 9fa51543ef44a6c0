#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "app/log/minute_summary.hpp"

namespace pinrelay::app {

// What came in the last minute and in the last hour, from the counts of the relay at some moments. Bounded: it keeps a
// dozen moments, and sixty sums. Pure. One thread at a time.
class RecentCounts {
public:
    using SteadyTime = std::chrono::steady_clock::time_point;
    static constexpr std::chrono::seconds between_looks{5};

    // Key: account ("none" without one), reason. Duplicates are among them.
    using Drops = std::map<std::pair<std::string, std::string>, std::uint64_t>;
    using Refusals = std::map<std::string, std::uint64_t>;  // by code
    struct Hour {
        Drops drops;
        Refusals refusals;
    };

    // A look at the counts, one in `between_looks`.
    void add(Moment now, SteadyTime at);

    // The accounts with traffic in the last minute; less where it began later.
    std::vector<AccountMinute> last_minute(const Moment& now) const;

    Hour last_hour(const Moment& now) const;

private:
    struct Look {
        SteadyTime at;
        Moment counts;
    };

    std::deque<Look> looks_;  // the first is a minute old, the last is new
    std::deque<Hour> minutes_;
    Look minute_begun_{};
};

}  // namespace pinrelay::app
