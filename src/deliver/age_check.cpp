#include "age_check.hpp"

#include <utility>

#include "pinrelay/deliver/dead_letter_reasons.hpp"

namespace pinrelay::deliver {

ByAge sort_by_age(std::vector<spool::StoredRecord> records, std::chrono::hours oldest, Time now) {
    ByAge result;
    for (auto& stored : records) {
        if (now - stored.record.event_time <= oldest) {
            result.sendable.push_back(std::move(stored));
            continue;
        }
        spool::Settlement settlement;
        settlement.id = stored.id;
        settlement.fate = spool::Fate::DeadLetter;
        settlement.reason = too_old.label;
        settlement.message = "the event is more than " + std::to_string(oldest.count()) + " hours old";
        result.too_old.push_back(std::move(settlement));
    }
    return result;
}

}  // namespace pinrelay::deliver
