#pragma once

#include <chrono>
#include <functional>

namespace pinrelay {

// Wall-clock time of an event or a record.
using Time = std::chrono::sys_time<std::chrono::microseconds>;

// Where time and randomness enter: passed in by whoever owns the process, replaced in tests.
// Both may be called from any thread.
using Clock = std::function<Time()>;
using Random = std::function<double()>;  // uniform in [0, 1)

// The system's clock.
Time system_now();

// A thread-safe generator seeded from the system's entropy.
Random system_random();

}  // namespace pinrelay
