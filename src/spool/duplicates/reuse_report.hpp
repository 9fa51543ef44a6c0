#pragma once

#include <chrono>
#include <cstdint>
#include <map>

#include "pinrelay/core/logger.hpp"
#include "spool/sqlite/tables/ledger_table.hpp"

namespace pinrelay::spool {

// Tells operators of events that share an id though they are not copies: for each label at once, and then at most once
// a minute with what came together meanwhile.
class ReuseReport {
public:
    using Steady = std::chrono::steady_clock;

    explicit ReuseReport(Logger& logger) : logger_(logger) {}

    void note(const LedgerChange& change, Steady::time_point now);

private:
    // Of one label: the events that no sentence has told of yet, and when the next one may.
    struct Untold {
        std::uint64_t events = 0;
        Steady::time_point next_sentence{};
    };

    Logger& logger_;
    std::map<LedgerKey, Untold> untold_;
};

}  // namespace pinrelay::spool
