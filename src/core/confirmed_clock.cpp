#include "pinrelay/core/confirmed_clock.hpp"

#include <algorithm>
#include <ctime>
#include <memory>
#include <mutex>
#include <utility>

namespace pinrelay {
namespace {

struct SharedTime {
    std::mutex mutex;
    ConfirmedTime time;
};

}  // namespace

Uptime system_uptime() {
    std::timespec now{};
    ::clock_gettime(CLOCK_BOOTTIME, &now);
    return std::chrono::duration_cast<Uptime>(std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec));
}

Time ConfirmedTime::look(Time wall, Uptime uptime) {
    const auto agrees = [&](const Line& line) {
        const auto apart = wall - line.at(uptime);
        return apart <= tolerated_drift && apart >= -tolerated_drift;
    };
    if (!candidate_ || !agrees(*candidate_)) candidate_ = Line{wall, uptime};
    if (uptime - candidate_->uptime >= confirmed_after) confirmed_ = candidate_;
    if (!confirmed_) return {};
    return agrees(*confirmed_) ? wall : std::min(wall, confirmed_->at(uptime));
}

Clock confirmed_clock(Clock wall, UptimeClock uptime) {
    return [wall = std::move(wall), uptime = std::move(uptime), shared = std::make_shared<SharedTime>()] {
        const std::lock_guard lock(shared->mutex);
        return shared->time.look(wall(), uptime());
    };
}

Clock continuous_clock(const Clock& wall, UptimeClock uptime) {
    return [start = wall() - uptime(), uptime = std::move(uptime)] { return start + uptime(); };
}

}  // namespace pinrelay
