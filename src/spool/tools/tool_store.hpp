#pragma once

#include <filesystem>
#include <stdexcept>

#include "spool/sqlite/connection/sqlite_connection.hpp"
#include "spool/sqlite/short_transactions.hpp"
#include "spool/sqlite/tables/dead_letter_table.hpp"
#include "spool/sqlite/tables/ledger_table.hpp"
#include "spool/sqlite/tables/record_table.hpp"
#include "spool/sqlite/tables/schema.hpp"

namespace pinrelay::spool {

// Rows of a tool's transaction, and of a page that it reads: some milliseconds of work.
inline constexpr std::size_t rows_at_once = 500;
inline constexpr std::size_t bytes_at_once = 1'000'000;  // of bodies

// The file as tools open it: the relay makes and migrates it, a tool takes it as it is.
class ToolStore {
public:
    // Throws std::runtime_error where the file is not there, SqliteError or ForeignFile where it cannot be used.
    ToolStore(const std::filesystem::path& file, Connection::Access access);

    Connection& connection() noexcept { return connection_; }
    RecordTable& records() noexcept { return records_; }
    DeadLetterTable& dead_letters() noexcept { return dead_letters_; }
    LedgerTable& counts() noexcept { return ledger_; }
    ShortTransactions& transactions() noexcept { return transactions_; }

    std::uint64_t bytes();  // in use, as Store counts them but for the WAL

private:
    Connection connection_;
    RecordTable records_;
    DeadLetterTable dead_letters_;
    LedgerTable ledger_;
    ShortTransactions transactions_;
};

// SQLite's words alone do not say which file they are about. Gives what the action gives, and throws
// std::runtime_error for its failures.
template <class Action>
auto naming(const std::filesystem::path& file, Action action) {
    try {
        return action();
    } catch (const SqliteError& error) {
        throw std::runtime_error(file.string() + ": " + error.what());
    } catch (const ForeignFile& error) {
        throw std::runtime_error(file.string() + ": " + error.what());
    }
}

}  // namespace pinrelay::spool
