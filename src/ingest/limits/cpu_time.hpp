#pragma once

#include <ctime>

#include <chrono>

namespace pinrelay::ingest {

// The CPU time of the calling thread. A system call of some 0.2 µs. Zero where the system does not measure it.
inline std::chrono::nanoseconds thread_cpu_time() noexcept {
    std::timespec now{};
    if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now) != 0) return {};
    return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

}  // namespace pinrelay::ingest
