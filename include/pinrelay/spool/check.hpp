#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "pinrelay/model/record.hpp"
#include "progress.hpp"

namespace pinrelay::spool {

// Checks a store and returns a sentence for each problem; none if the store is sound. The check has three parts: SQLite
// checks every page, the ledger is compared with the records and dead letters, and `is_sound` judges each body.
//
// The function reads the whole file and writes nothing. A relay may run meanwhile; the WAL grows until the check ends.
// `progress` counts bodies; it knows nothing while the pages and tables are checked, which is about half of the time.
// Blocks. A file that cannot be opened is a problem. Throws std::runtime_error if the file does not exist.
std::vector<std::string> problems_of(
    const std::filesystem::path& file, const std::function<bool(const model::Record&)>& is_sound,
    const Progress& progress = [](std::uint64_t, std::uint64_t) {});

}  // namespace pinrelay::spool
