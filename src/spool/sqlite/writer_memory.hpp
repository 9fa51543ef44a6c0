#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>

#include "spool/duplicates/duplicate_guard.hpp"
#include "spool/sqlite/tables/recent_records.hpp"
#include "spool/sqlite/tables/record_table.hpp"

namespace pinrelay::spool {

// The records of some batches. What is appended faster than it is leased is read back from the file.
inline constexpr std::size_t most_recent_bytes = 8ULL * 1024 * 1024;

// What outlives a transaction and a reopening of the file, but not the process.
struct Memory {
    HeldRecords held;  // those who leased them still have them
    RecentRecords recent{most_recent_bytes};
    LedgerKeys keys;
    std::map<std::string, Waiting> waiting;  // of each destination, as of the last commit
    RecordTable::Last last;                  // never used twice in a process, though their transaction failed
    DuplicateGuard* guard = nullptr;         // none: nothing is folded

    void learn(RecordTable::Last known) {
        last.id = std::max(last.id, known.id);
        last.number = std::max(last.number, known.number);
    }

    // The file may differ from what was known: it was opened, or another program wrote.
    void learn(const Ledger& ledger) {
        for (auto& [id, key] : held) key = nullptr;
        recent.clear();
        waiting.clear();
        for (const auto& [label, counts] : ledger.by_label) waiting[label.first].pending += counts.pending();
        for (const auto& [destination, oldest] : ledger.oldest_pending) waiting[destination].oldest = oldest;
    }
};

}  // namespace pinrelay::spool
