#pragma once

#include <cstddef>

namespace pinrelay::destinations::pinterest {

inline constexpr std::size_t most_records = 1000;     // Pinterest's cap
inline constexpr std::size_t most_test_records = 20;  // in test mode only the first twenty are processed
inline constexpr std::size_t most_bytes = 1'000'000;  // no cap is published; half of what another sender allows itself

// One event may fill a fifth of a request; 200 items with long names stay far below.
inline constexpr std::size_t most_record_bytes = most_bytes / 5;

// Of the sender's name for an event, which is kept for a replay. GA4's own limit is 40 characters.
inline constexpr std::size_t longest_source_name = 256;

}  // namespace pinrelay::destinations::pinterest
