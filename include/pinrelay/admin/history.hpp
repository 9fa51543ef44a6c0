#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "pinrelay/core/clock.hpp"

namespace pinrelay::admin {

enum class HistorySpan {
    Hour,  // 60 steps of a minute
    Day,   // 96 steps of a quarter of an hour
};

// The events of one account and one event name, a number for each step, the oldest first.
struct HistorySeries {
    std::string account;  // "none" has the events that reached no account
    std::string event;    // Pinterest's name, or "other"; empty for drops, which are counted by account only
    std::vector<std::uint64_t> accepted;   // stored or dropped
    std::vector<std::uint64_t> delivered;  // taken by the destination
    std::vector<std::uint64_t> dropped;    // not sent, duplicates included
    std::vector<std::uint64_t> pending;    // at the step's end
    friend bool operator==(const HistorySeries&, const HistorySeries&) = default;
};

struct HistoryView {
    std::chrono::seconds step{60};
    Time end{};    // of the last step, which is still running
    Time since{};  // steps before this time are not known and are 0: the history is kept in memory only
    std::vector<HistorySeries> series;  // without those that are 0 throughout
};

}  // namespace pinrelay::admin
