#pragma once

#include <array>
#include <cstdint>

#include "histogram.hpp"

namespace pinrelay::metrics {

namespace scale_bounds {

constexpr std::uint64_t microsecond = 1'000;  // in nanoseconds
constexpr std::uint64_t millisecond = 1'000 * microsecond;
constexpr std::uint64_t second = 1'000 * millisecond;

// From one exchange in memory to a disk that hangs.
inline constexpr std::array<std::uint64_t, 14> request = {
    100 * microsecond, 250 * microsecond, 500 * microsecond, 1 * millisecond,  2 * millisecond,
    5 * millisecond,   10 * millisecond,  25 * millisecond,  50 * millisecond, 100 * millisecond,
    250 * millisecond, 1 * second,        5 * second,        30 * second};

// From a mock on the same machine to the client's longest deadline.
inline constexpr std::array<std::uint64_t, 12> delivery_request = {
    1 * millisecond, 10 * millisecond, 50 * millisecond, 100 * millisecond, 250 * millisecond, 500 * millisecond,
    1 * second,      2 * second,       5 * second,       10 * second,       30 * second,       60 * second};

// In milliseconds, which leaves room for a week times a billion events. One hour is where Pinterest begins to count a
// web event as offline, seven days where it takes no more.
inline constexpr std::array<std::uint64_t, 14> latency = {100,       500,        1'000,      2'000,      5'000,
                                                          10'000,    30'000,     60'000,     300'000,    1'800'000,
                                                          3'600'000, 14'400'000, 86'400'000, 604'800'000};

inline constexpr std::array<std::uint64_t, 10> records = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1'000};
inline constexpr std::array<std::uint64_t, 8> bytes = {1'000,   5'000,   10'000,  50'000,
                                                       100'000, 250'000, 500'000, 1'000'000};

}  // namespace scale_bounds

inline constexpr Scale request_scale{scale_bounds::request, 1e9};
inline constexpr Scale delivery_request_scale{scale_bounds::delivery_request, 1e9};
inline constexpr Scale latency_scale{scale_bounds::latency, 1e3};
inline constexpr Scale records_scale{scale_bounds::records, 1};
inline constexpr Scale bytes_scale{scale_bounds::bytes, 1};

}  // namespace pinrelay::metrics
