#include "circuit_breaker.hpp"

#include <algorithm>

namespace pinrelay::deliver {
using std::chrono::milliseconds;

CircuitBreaker::State CircuitBreaker::state(Time now) {
    if (open_for(now) > milliseconds(0)) return State::Open;
    return policy_.failures() > 0 ? State::HalfOpen : State::Closed;
}

milliseconds CircuitBreaker::open_for(Time now) {
    until_ = std::min(until_, now + wait_);  // a clock that was set back must not lengthen the wait
    if (until_ <= now) return milliseconds(0);
    return std::chrono::ceil<milliseconds>(until_ - now);
}

milliseconds CircuitBreaker::failed(Ticket sent_with, std::optional<milliseconds> wish, Time now, double random01) {
    if (sent_with == ticket_) return open(policy_.failed(wish, random01), now);
    return open(std::max(open_for(now), policy_.bounded(wish)), now);
}

milliseconds CircuitBreaker::refused(Ticket sent_with, Time now) {
    if (sent_with == ticket_) return open(policy_.paused(), now);
    return open_for(now);
}

bool CircuitBreaker::answered(Ticket sent_with) noexcept {
    if (sent_with != ticket_) return false;
    policy_.succeeded();
    return true;
}

milliseconds CircuitBreaker::open(milliseconds wait, Time now) {
    ++ticket_;
    wait_ = wait;
    until_ = now + wait;
    return wait;
}

}  // namespace pinrelay::deliver
