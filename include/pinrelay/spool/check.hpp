#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "pinrelay/model/record.hpp"

namespace pinrelay::spool {

// What is wrong with a database, as sentences; none where it is sound: SQLite's own check of every page, the ledger
// against the records and dead letters, and `is_sound` for each body. Reads all of it, and only reads. Beside a relay
// the WAL grows meanwhile. A file that cannot be opened is wrong, too; one that is not there throws
// std::runtime_error.
std::vector<std::string> problems_of(const std::filesystem::path& file,
                                     const std::function<bool(const model::Record&)>& is_sound);

}  // namespace pinrelay::spool
