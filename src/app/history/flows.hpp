#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "app/log/minute_summary.hpp"

namespace pinrelay::app {

// Events of one account and event name in a step of time.
struct Flow {
    std::uint32_t accepted = 0;
    std::uint32_t delivered = 0;
    std::uint32_t dropped = 0;
    std::uint32_t pending = 0;  // at the end of the step

    bool is_empty() const noexcept { return (accepted | delivered | dropped | pending) == 0; }
    // Joins the step that follows.
    Flow& operator+=(const Flow& later) noexcept;
    friend bool operator==(const Flow&, const Flow&) = default;
};

using Flows = std::map<std::pair<std::string, std::string>, Flow>;  // key: account, event label or ""

// What happened between two moments, without the flows that are empty. Drops are under "" as the event, but for
// duplicates: nothing counts them by event. Pure.
Flows flows_between(const Moment& before, const Moment& now);

}  // namespace pinrelay::app
