#include "pinrelay/core/confirmed_clock.hpp"

#include <algorithm>
#include <ctime>
#include <memory>
#include <mutex>
#include <utility>

namespace pinrelay {
namespace {

class SharedTime {
public:
    SharedTime(Clock wall, UptimeClock uptime) : wall_(std::move(wall)), uptime_(std::move(uptime)) {}

    ConfirmedTime::Reading look() {
        const std::lock_guard lock(mutex_);
        return time_.look(wall_(), uptime_());
    }

private:
    const Clock wall_;
    const UptimeClock uptime_;
    std::mutex mutex_;
    ConfirmedTime time_;
};

}  // namespace

Uptime system_uptime() {
    std::timespec now{};
    ::clock_gettime(CLOCK_BOOTTIME, &now);
    return std::chrono::duration_cast<Uptime>(std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec));
}

ConfirmedTime::Reading ConfirmedTime::look(Time wall, Uptime uptime) {
    const auto agrees = [&](const Line& line) {
        const auto apart = wall - line.at(uptime);
        return apart <= tolerated_drift && apart >= -tolerated_drift;
    };
    if (!candidate_ || !agrees(*candidate_)) candidate_ = Line{wall, uptime};
    const bool confirms = uptime - candidate_->uptime >= confirmed_after;
    is_confirmed_ = is_confirmed_ || confirms;
    if (!believed_ || confirms) believed_ = candidate_;
    const Time likely = agrees(*believed_) ? wall : std::min(wall, believed_->at(uptime));
    return {likely, is_confirmed_ ? likely : Time{}};
}

ConfirmedClocks confirmed_clocks(Clock wall, UptimeClock uptime) {
    const auto shared = std::make_shared<SharedTime>(std::move(wall), std::move(uptime));
    return {[shared] { return shared->look().likely; }, [shared] { return shared->look().confirmed; }};
}

Clock continuous_clock(const Clock& wall, UptimeClock uptime) {
    const Time start = wall() - uptime();
    return [start, since_boot = std::move(uptime)] { return start + since_boot(); };
}

}  // namespace pinrelay
