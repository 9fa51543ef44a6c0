#pragma once

#include <algorithm>
#include <chrono>

#include "deliver/isolation/suspects.hpp"
#include "pinrelay/core/confirmed_clock.hpp"
#include "pinrelay/deliver/dispatch_options.hpp"

namespace pinrelay::deliver {

// A record that makes way for others waits so much longer.
inline constexpr std::chrono::milliseconds longest_way{500};

// No record that is given back waits longer: not for the account, nor for the destination's wish, nor by itself. Those
// of a paused account go back without a wait.
inline std::chrono::milliseconds longest_wait(const RetryLimits& limits) {
    using std::chrono::milliseconds;
    const auto by_itself = std::max<milliseconds>(isolated_longest_wait, confirmed_after);
    return std::max({limits.cap, limits.longest_wish, by_itself, 2 * limits.base}) + longest_way;
}

}  // namespace pinrelay::deliver
