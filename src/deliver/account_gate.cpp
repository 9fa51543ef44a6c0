#include "account_gate.hpp"

#include <algorithm>

namespace pinrelay::deliver {
using std::chrono::milliseconds;

milliseconds AccountGate::closed_for(Time now) {
    until_ = std::min(until_, now + wait_);  // a clock that was set back must not lengthen the wait
    if (until_ <= now) return milliseconds(0);
    return std::chrono::ceil<milliseconds>(until_ - now);
}

milliseconds AccountGate::failed(Ticket sent_with, std::optional<milliseconds> wish, Time now, double random01) {
    if (sent_with == ticket_) return close(policy_.failed(wish, random01), now);
    return close(std::max(closed_for(now), policy_.bounded(wish)), now);
}

milliseconds AccountGate::refused(Ticket sent_with, Time now) {
    if (sent_with == ticket_) return close(policy_.paused(), now);
    return closed_for(now);
}

bool AccountGate::answered(Ticket sent_with) noexcept {
    if (sent_with != ticket_) return false;
    policy_.succeeded();
    return true;
}

milliseconds AccountGate::close(milliseconds wait, Time now) {
    ++ticket_;
    wait_ = wait;
    until_ = now + wait;
    return wait;
}

}  // namespace pinrelay::deliver
