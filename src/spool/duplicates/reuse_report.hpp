#pragma once

#include <chrono>
#include <cstdint>
#include <map>

#include "pinrelay/core/logger.hpp"
#include "spool/sqlite/tables/ledger_table.hpp"

namespace pinrelay::spool {

// Logs events that share an id and are no duplicates: the first of each label at once, then at most one sentence a
// minute with the number of further ones.
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

    Logger& logger_;
    std::map<LedgerKey, Untold> untold_;
};

}  // namespace pinrelay::spool
