#pragma once

#include <chrono>
#include <cstddef>

#include "pinrelay/destination/destination.hpp"

namespace pinrelay::destinations::pinterest {

inline constexpr std::size_t most_records = 1000;     // Pinterest's cap
inline constexpr std::size_t most_test_records = 20;  // in test mode only the first twenty are processed
inline constexpr std::size_t most_bytes = 1'000'000;  // no cap is published; half of what another sender allows itself

// Pinterest takes 5,000 calls a minute for an ad account, and 10 a second in test mode; a tenth is left to others.
inline constexpr destination::RequestRate request_rate{75, 75};
inline constexpr destination::RequestRate test_request_rate{9, 1};

// Received later than an hour after it happened, a web or app event counts as an offline one.
inline constexpr std::chrono::hours late_after{1};
// No number in Pinterest's own documents; others that send there enforce seven days.
inline constexpr std::chrono::hours refused_after{7 * 24};
// On arrival an event must be younger by so much. It still has to wait for its batch (delivery.batch_linger, ten
// minutes at most) and, now and then, for a wait after a failure (delivery.retry_cap, an hour at most); too old by
// then, it would only be stored to become a dead letter that nobody can replay.
inline constexpr std::chrono::hours arrival_margin{1};

// One event may fill a fifth of a request; 200 items with long names stay far below.
inline constexpr std::size_t most_record_bytes = most_bytes / 5;

// Of the sender's name for an event, which is kept for a replay. GA4's own limit is 40 characters.
inline constexpr std::size_t longest_source_name = 256;

}  // namespace pinrelay::destinations::pinterest
