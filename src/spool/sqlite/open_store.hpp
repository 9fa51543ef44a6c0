#pragma once

#include <filesystem>
#include <memory>

#include "pinrelay/core/logger.hpp"
#include "pinrelay/spool/spool.hpp"
#include "spool/duplicates/duplicate_guard.hpp"
#include "store.hpp"

namespace pinrelay::spool {

struct OpenedStore {
    std::unique_ptr<Store> store;
    Store::Stock stock;     // as the file has it
    bool replaced = false;  // the former file was damaged and has been moved aside
};

enum class Opening {
    First,         // of the process: the ledger is held against the records, and all waits end
    AfterFailure,  // of the disk
    AfterDamage,   // a read or write said that the file is damaged: everything is checked
};

// A damaged file is moved aside, with an error in the log, and a new one begun: the relay goes on receiving. Throws
// std::exception with a reason when the file cannot be opened.
// `guard`, where there is one, becomes what the file says; without one the file has nothing to remember. Likewise the
// journal where `journal` switches it on or off.
OpenedStore open_store(const std::filesystem::path& file, Opening opening, DuplicateGuard* guard,
                       const JournalOptions& journal, const Clock& clock, Logger& logger);

}  // namespace pinrelay::spool
