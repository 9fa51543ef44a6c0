#pragma once

#include <array>
#include <string_view>

namespace pinrelay::deliver {

// Why a stored record became a dead letter: the metric label and what it says to an operator. These are all there are.
struct DeadLetterReason {
    std::string_view label;
    std::string_view meaning;
};

inline constexpr DeadLetterReason refused{"refused", "the destination's answer refused this record"};
inline constexpr DeadLetterReason request_refused{
    "request_refused", "the request was refused for this record, which was then alone in it"};
inline constexpr DeadLetterReason too_old{"too_old", "older than the destination takes before it could be sent"};
inline constexpr DeadLetterReason late{"late", "no longer fresh before it could be sent, and late_policy is \"drop\""};
inline constexpr DeadLetterReason ambiguous_offline{
    "ambiguous_offline",
    "an offline event whose send ended without an answer; a second copy would have been counted twice"};

inline constexpr std::array dead_letter_reasons = {refused, request_refused, too_old, late, ambiguous_offline};

}  // namespace pinrelay::deliver
