#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "pinrelay/core/logger.hpp"
#include "spool/sqlite/tables/ledger_table.hpp"

namespace pinrelay::spool {

// Logs that dead letters were removed: the first of each destination and cause at once, then at most one sentence a
// minute with the number of further ones.
class RemovalReport {
public:
    using Steady = std::chrono::steady_clock;

    explicit RemovalReport(Logger& logger) : logger_(logger) {}

    void note(const LedgerChange& change, Steady::time_point now);

private:
    struct Unlogged {
        std::uint64_t letters = 0;
        Steady::time_point next_sentence{};
    };

    void log(const std::pair<std::string, std::string>& key, Unlogged& unlogged, Steady::time_point now);

    Logger& logger_;
    std::map<std::pair<std::string, std::string>, Unlogged> unlogged_;  // key: destination, removals label
};

}  // namespace pinrelay::spool
