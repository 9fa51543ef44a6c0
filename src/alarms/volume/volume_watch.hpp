#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <vector>

#include "alarms/finding.hpp"
#include "hourly_counts.hpp"
#include "judge_volume.hpp"
#include "pinrelay/alarms/observation.hpp"

namespace pinrelay::alarms {

// Counts the events that arrive, hour by hour, and finds those that all but stopped. It judges once an hour.
class VolumeWatch {
public:
    // One finding for each account.
    std::vector<Finding> look(const std::vector<AccountObservation>& accounts, Time now);

    nlohmann::json save() const;
    bool restore(const nlohmann::json& saved);

private:
    struct Fall {
        Hour since = 0;
        VolumeVerdict verdict{};  // of the moment when it was found; empty after a restart
    };

    void count(const AccountObservation& account, Time now);
    void judge(Hour current);
    void judge(const HourlyCounts::Key& key, Hour current);
    Finding finding_of(const std::string& account) const;

    HourlyCounts counts_;
    std::map<HourlyCounts::Key, std::uint64_t> last_seen_;  // the count of arrivals at the last look
    std::map<HourlyCounts::Key, Fall> fallen_;
    std::optional<Hour> judged_;  // the last hour that was judged, and counted as current
    bool is_first_look_ = true;
};

}  // namespace pinrelay::alarms
