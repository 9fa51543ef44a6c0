#pragma once

#include <chrono>
#include <functional>

namespace pinrelay {

// Wall-clock time of an event or a record.
using Time = std::chrono::sys_time<std::chrono::microseconds>;

// A source of the current time. It may be called from any thread. The owner of the process passes it in; a test
// replaces it.
using Clock = std::function<Time()>;

// The system's clock.
Time system_now();

}  // namespace pinrelay
