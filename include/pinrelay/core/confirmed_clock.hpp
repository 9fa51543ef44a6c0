#pragma once

#include <chrono>
#include <functional>
#include <optional>

#include "pinrelay/core/clock.hpp"

// The system's clock may be set wrong and right again. These clocks are for decisions that cannot be taken back.
namespace pinrelay {

// Time since the machine started, the time in suspension included. Nobody can set it; only differences mean something.
using Uptime = std::chrono::microseconds;
using UptimeClock = std::function<Uptime()>;
Uptime system_uptime();  // CLOCK_BOOTTIME

inline constexpr std::chrono::minutes confirmed_after{1};
// Clocks that are steered differ by less.
inline constexpr std::chrono::seconds tolerated_drift{5};

// Believes the system's clock once two looks that are `confirmed_after` apart agree with the uptime. Until then the
// former time goes on, if the clock jumped forward. A time that was set back is believed at once. Pure.
class ConfirmedTime {
public:
    // The time that has been reached for certain: never later than `wall`. 1970 before anything is confirmed.
    Time look(Time wall, Uptime uptime);

private:
    struct Line {
        Time wall{};
        Uptime uptime{};
        Time at(Uptime now) const noexcept { return wall + (now - uptime); }
    };
    std::optional<Line> candidate_;
    std::optional<Line> confirmed_;
};

// A ConfirmedTime that looks at each call. Any thread. Somebody has to call it more often than once in a few minutes.
Clock confirmed_clock(Clock wall, UptimeClock uptime = system_uptime);

// Starts with the system's time and then goes by the uptime alone, so that it never jumps.
Clock continuous_clock(const Clock& wall, UptimeClock uptime = system_uptime);

}  // namespace pinrelay
