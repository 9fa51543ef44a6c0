#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pinrelay/core/clock.hpp"

namespace pinrelay::cli {

// What GET /status tells, for people.
struct StatusText {
    std::string text;      // lines
    bool is_well = false;  // ready, no account paused, and no event has waited for an hour
};

// Reads the body of GET /status; nothing for anything else. Ages are those at the relay's own time. No I/O.
std::optional<StatusText> status_text(std::string_view body, bool coloured);

}  // namespace pinrelay::cli
