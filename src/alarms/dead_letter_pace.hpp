#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "finding.hpp"
#include "pinrelay/alarms/observation.hpp"

namespace pinrelay::alarms {

// The dead letters of the last hour, by account: whether there are any, and whether they are many.
class DeadLetterPace {
public:
    static constexpr std::chrono::hours window{1};

    // Two findings for each account. In the first hour nothing reports an end: what happened before is not known.
    std::vector<Finding> look(const std::vector<AccountObservation>& accounts, Time now);

private:
    struct Step {
        Time at{};
        std::uint64_t settled = 0;
        std::map<std::string, std::uint64_t> dead{};  // by reason
    };
    struct Account {
        std::uint64_t settled = 0;
        std::map<std::string, std::uint64_t> dead_letters{};
        std::deque<Step> steps{};  // with something in them; one a minute at most
        Time first_look{};
    };

    Account& update(const AccountObservation& seen, Time now);

    std::map<std::string, Account> accounts_;
};

}  // namespace pinrelay::alarms
