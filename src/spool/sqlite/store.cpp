#include "store.hpp"

#include <algorithm>
#include <exception>
#include <utility>

#include "spool/directory.hpp"
#include "spool/sqlite/tables/schema.hpp"

namespace pinrelay::spool {
namespace {

Connection& prepared(Connection& connection) {
    prepare_for_writing(connection);
    return connection;
}

std::int64_t number(Statement& statement) {
    Rows rows = statement.query();
    return rows.next() ? rows.number(0) : 0;
}

const std::filesystem::path& made_private(const std::filesystem::path& file) {
    make_private_file(file);
    return file;
}

}  // namespace

Store::Store(const std::filesystem::path& file)
    : wal_(file.string() + "-wal"),
      connection_(made_private(file), Connection::Access::ReadWrite),
      records_(prepared(connection_)),
      due_(connection_),
      old_(connection_),
      ledger_(connection_),
      removal_(connection_),
      seen_(connection_),
      copies_(connection_),
      rivals_(connection_),
      journal_(connection_),
      begin_(connection_, "BEGIN IMMEDIATE"),
      commit_(connection_, "COMMIT"),
      pages_(connection_, "PRAGMA page_count"),
      free_pages_(connection_, "PRAGMA freelist_count"),
      data_version_(connection_, "PRAGMA data_version"),
      page_size_(static_cast<std::uint64_t>(connection_.number("PRAGMA page_size"))) {
    // A WAL that is found may hold frames that a failed sync left in the page cache alone, and whatever is written
    // behind such a frame is lost with it. Copied into the database and synced they are safe, and a new WAL begins.
    if (!connection_.checkpoint(Connection::Checkpoint::PatientTruncate))
        throw SqliteError(sqlite_busy, "another program is reading the spool for a long time");
    connection_.keep_wal(false);
    another_wrote();
}

void Store::begin() { begin_.run(); }

void Store::commit() { commit_.run(); }

void Store::rollback() noexcept {
    try {
        connection_.run("ROLLBACK");
    } catch (const std::exception&) {
        // SQLite has rolled back by itself.
        return;
    }
}

bool Store::another_wrote() {
    const std::int64_t version = number(data_version_);
    if (std::exchange(seen_version_, version) == version) return false;
    look_at_wal();
    copies_.look_again();
    rivals_.look_again();
    return true;
}

Store::Stock Store::take_stock() {
    connection_.run("BEGIN");
    Stock stock{ledger_.read(), records_.last()};
    look_at_wal();
    stock.ledger.bytes = bytes();
    commit();
    return stock;
}

std::uint64_t Store::bytes() {
    const auto pages = static_cast<std::uint64_t>(number(pages_) - number(free_pages_));
    wal_file_bytes_ = std::max(wal_file_bytes_, wal_bytes());
    return pages * page_size_ + (wal_file_bytes_ > wal_bound ? wal_file_bytes_ - wal_bound : 0);
}

void Store::look_at_wal() {
    std::error_code absent;
    const auto bytes = std::filesystem::file_size(wal_, absent);
    wal_file_bytes_ = absent ? 0 : bytes;
}

std::uint64_t Store::wal_bytes() const noexcept {
    return static_cast<std::uint64_t>(connection_.wal_frames()) * page_size_;
}

void Store::prove_writable() { connection_.run("PRAGMA user_version = " + std::to_string(schema_version)); }

void Store::abandon() noexcept {
    rollback();
    try {
        prove_writable();
    } catch (const std::exception&) {
        return;
    }
}

bool Store::is_sound() { return connection_.text("PRAGMA quick_check(1)") == "ok"; }

}  // namespace pinrelay::spool
