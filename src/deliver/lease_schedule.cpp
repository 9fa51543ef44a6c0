#include "lease_schedule.hpp"

#include <algorithm>
#include <utility>

namespace pinrelay::deliver {
using std::chrono::milliseconds;

LeaseSchedule::Plan LeaseSchedule::next(const Standing& standing, Pacer& pacer, Time now) {
    const auto state = pacer.state(now);
    if (standing.stopping && state != CircuitBreaker::State::Closed) return Sleep{std::nullopt, no_news};
    const std::size_t at_once = pacer.at_once(now);
    const bool slots_taken = standing.in_flight >= at_once;
    const bool fresh_slot =
        standing.in_flight == at_once && state == CircuitBreaker::State::Closed && !no_fresh_records_;
    if (slots_taken && !fresh_slot) return Sleep{std::nullopt, news_while_busy()};
    if (standing.waiting == 0) {
        waiting_since_.reset();
        return Sleep{};
    }
    if (const milliseconds wait = pacer.wait(now); wait > milliseconds(0)) return Sleep{wait, news_while_busy()};
    if (!waiting_since_) return Sleep{look_again_};  // only records for later
    if (standing.stopping) return Lease{slots_taken};
    const auto due = batcher_.due_in(standing.waiting, *waiting_since_, now);
    if (due == milliseconds(0)) return Lease{slots_taken};
    return Sleep{due, batcher_.full()};
}

void LeaseSchedule::note_waiting(Time since) {
    if (!waiting_since_ || since < *waiting_since_) waiting_since_ = since;
}

void LeaseSchedule::begin(Lease lease) {
    fresh_only_ = lease.fresh_only;
    asked_since_ = fresh_only_ ? waiting_since_ : std::exchange(waiting_since_, std::nullopt);
}

void LeaseSchedule::leased(std::size_t records, bool full) {
    if (fresh_only_) {
        no_fresh_records_ = records == 0;
        return;
    }
    if (records > 0 && full) note_waiting(asked_since_.value_or(Time{}));
}

void LeaseSchedule::failed() { waiting_since_ = asked_since_; }

}  // namespace pinrelay::deliver
