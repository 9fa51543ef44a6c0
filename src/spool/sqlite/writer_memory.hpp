#pragma once

#include <algorithm>
#include <map>
#include <string>

#include "spool/duplicates/duplicate_guard.hpp"
#include "spool/sqlite/tables/record_table.hpp"

namespace pinrelay::spool {

// What outlives a transaction and a reopening of the file, but not the process.
struct Memory {
    HeldRecords held;  // those who leased them still have them
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
        waiting.clear();
        for (const auto& [label, counts] : ledger.by_label) waiting[label.first].pending += counts.pending();
        for (const auto& [destination, oldest] : ledger.oldest_pending) waiting[destination].oldest = oldest;
    }
};

}  // namespace pinrelay::spool
