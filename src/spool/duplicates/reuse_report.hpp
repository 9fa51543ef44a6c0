#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>

#include "pinrelay/core/logger.hpp"
#include "spool/sqlite/tables/ledger_table.hpp"

namespace pinrelay::spool {

// Logs events that share an id and should not: events about different subjects, and events that contradict each other.
// The first of each kind and label is logged at once, then at most one sentence a minute with the number of further
// ones.
class ReuseReport {
public:
    using Steady = std::chrono::steady_clock;

    explicit ReuseReport(Logger& logger) : logger_(logger) {}

    void note(const LedgerChange& change, Steady::time_point now);

private:
    // For one label: the events that are not logged yet, and the earliest time of the next sentence.
    struct Untold {
        std::uint64_t events = 0;
        Steady::time_point next_sentence{};
    };
    static constexpr std::size_t kinds = 2;  // reused, conflicts

    void note(std::size_t kind, const LedgerKey& label, std::uint64_t events, Steady::time_point now);

    Logger& logger_;
    std::array<std::map<LedgerKey, Untold>, kinds> untold_;
};

}  // namespace pinrelay::spool
