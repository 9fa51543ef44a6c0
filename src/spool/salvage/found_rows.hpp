#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "pinrelay/spool/dead_letters.hpp"
#include "pinrelay/spool/spool.hpp"
#include "spool/sqlite/guard/copy_table.hpp"
#include "table_pages.hpp"

// What a row of a damaged file is, told from its columns alone: nothing where it is not one of that table. Rows that
// were written before a column was added end without it.
namespace pinrelay::spool {

std::optional<StoredRecord> record_in(const Row& row);
std::optional<DeadLetter> dead_letter_in(const Row& row);

// A copy without what its record says for both, and the trust of a rival. Their row has the id of the record.
std::optional<CopyTable::Copy> copy_in(const Row& row);
std::optional<model::Trust> rival_in(const Row& row);

// How many records of a destination and label wait, by a row of the ledger.
std::optional<std::int64_t> pending_of(const Row& row);

// The page at which a table begins, by a row of SQLite's own list of tables.
struct Root {
    std::string table;
    PageNumber page = 0;
};
std::optional<Root> root_of(const Row& row);

}  // namespace pinrelay::spool
