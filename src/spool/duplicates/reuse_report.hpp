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
    struct Label {
        std::uint64_t untold = 0;
        Steady::time_point next{};
    };

    Logger& logger_;
    std::map<spool::Label, Label> labels_;
};

}  // namespace pinrelay::spool
