#pragma once

#include <algorithm>
#include <unordered_set>

#include "spool/duplicates/duplicate_guard.hpp"
#include "spool/sqlite/tables/record_table.hpp"

namespace pinrelay::spool {

// What outlives a transaction and a reopening of the file, but not the process.
struct Memory {
    std::unordered_set<RecordId> held;  // leased and not settled; those who leased them still have them
    RecordTable::Last last;             // never used twice in a process, though their transaction failed
    DuplicateGuard* guard = nullptr;    // none: nothing is folded

    void learn(RecordTable::Last known) {
        last.id = std::max(last.id, known.id);
        last.number = std::max(last.number, known.number);
    }
};

}  // namespace pinrelay::spool
