#include "send_check.hpp"

#include <optional>
#include <string>
#include <utility>

#include "pinrelay/spool/dead_letter_reasons.hpp"

namespace pinrelay::deliver {
namespace {

struct GivenUp {
    const spool::DeadLetterReason& reason;
    std::string message;
};

std::optional<GivenUp> why_not(const model::StoredRecord& stored, const SendLimits& limits, Time now) {
    const auto age = now - stored.record.event_time;
    if (age > limits.age.oldest) return GivenUp{spool::reasons::too_old, older_than(limits.age.oldest)};
    const bool is_offline = !stored.record.deduplicated;
    if (limits.age.drops_late && !is_offline && age > limits.age.fresh)
        return GivenUp{spool::reasons::late, older_than(limits.age.fresh)};
    if (stored.interrupted && limits.ambiguous_offline == AmbiguousOffline::DeadLetter)
        return GivenUp{spool::reasons::ambiguous_offline, "the process ended while the event was being sent"};
    return std::nullopt;
}

}  // namespace

std::string older_than(std::chrono::hours age) {
    return "the event is more than " + std::to_string(age.count()) + (age.count() == 1 ? " hour old" : " hours old");
}

Checked check_before_sending(std::vector<model::StoredRecord> records, const SendLimits& limits, AgeClocks now) {
    Checked checked;
    for (auto& stored : records) {
        auto reason = why_not(stored, limits, now.confirmed);
        if (!reason) {
            const bool may_be_too_old = why_not(stored, limits, now.wall).has_value();
            if (may_be_too_old) checked.unsure.push_back(stored.id);
            if (!may_be_too_old) checked.sendable.push_back(std::move(stored));
            continue;
        }
        checked.given_up.push_back(
            spool::Settlement::dead(stored.id, reason->reason.label, std::move(reason->message)));
        checked.dropped.push_back(std::move(stored));
    }
    return checked;
}

}  // namespace pinrelay::deliver
