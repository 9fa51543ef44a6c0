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

// Believes the system's clock once two looks that are `confirmed_after` apart agree with the uptime. Pure.
class ConfirmedTime {
public:
    struct Reading {
        // The system's clock, but after a jump forward the former time goes on until the new one is confirmed. A time
        // that was set back counts at once: an event that is dated in the future is refused, an earlier one is not.
        Time likely{};
        Time confirmed{};  // the same once anything is confirmed; 1970 before
    };
    Reading look(Time wall, Uptime uptime);

private:
    struct Line {
        Time wall{};
        Uptime uptime{};
        Time at(Uptime now) const noexcept { return wall + (now - uptime); }
    };
    std::optional<Line> believed_;   // the first look, until another time is confirmed
    std::optional<Line> candidate_;  // what the looks since then agree with
    bool is_confirmed_ = false;
};

// The two times of one ConfirmedTime, which looks at each call. Any thread. Somebody has to call one of them more often
// than once in a few minutes.
struct ConfirmedClocks {
    Clock likely;
    Clock confirmed;
};
ConfirmedClocks confirmed_clocks(Clock wall, UptimeClock uptime = system_uptime);

// Starts with the system's time and then goes by the uptime alone, so that it never jumps.
Clock continuous_clock(const Clock& wall, UptimeClock uptime = system_uptime);

}  // namespace pinrelay
