#pragma once

#include <set>
#include <string>
#include <vector>

#include "finding.hpp"
#include "pinrelay/alarms/observation.hpp"

namespace pinrelay::alarms {

// What one observation shows without a look back further than to the one before: paused, late, the store, the
// certificate.
class Conditions {
public:
    std::vector<Finding> look(const Observation& seen, const Limits& limits, Time now);

private:
    Finding late(const AccountObservation& account, const Limits& limits, Time now);

    std::set<std::string> was_late_;  // at the look before
};

}  // namespace pinrelay::alarms
