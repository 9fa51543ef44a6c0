#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "pinrelay/alarms/observation.hpp"
#include "pinrelay/deliver/account_memory.hpp"
#include "pinrelay/spool/spool.hpp"

namespace pinrelay::app {

// What alarms are about, from the counts of the store and the status of each account. Pure.
alarms::Observation observation_of(
    const spool::Ledger& ledger, const std::vector<std::string>& accounts,
    const std::function<std::optional<deliver::AccountStatus>(const std::string&)>& status,
    std::optional<Time> certificate_expires);

}  // namespace pinrelay::app
