#pragma once

#include <string_view>

#include "pinrelay/core/logger.hpp"

namespace pinrelay::ingest {

// The advice for a reason that a debug answer shows in full.
inline constexpr std::string_view see_debug = "send the same to ?debug=1, which shows what is wrong with each event";

// How the log speaks of the first event that is dropped for a reason.
struct DropAdvice {
    LogLevel level = LogLevel::Info;  // a warning where the reason is more often a mistake than intended
    std::string_view text;            // what to do; "" where the reason speaks for itself
};

// `reason` is the metric label of a drop, of a rejection or of a refusal. An unknown one gets a warning.
DropAdvice advice_for(std::string_view reason) noexcept;

}  // namespace pinrelay::ingest
