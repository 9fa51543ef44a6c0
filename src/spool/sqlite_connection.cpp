#include "sqlite_connection.hpp"

#include <sqlite3.h>

namespace pinrelay::spool {
namespace {

// An operator's shell may hold the file for a moment; the relay's requests time out later than this.
constexpr int busy_timeout_milliseconds = 2000;

constexpr int primary(int extended_code) { return extended_code & 0xff; }

[[noreturn]] void fail(sqlite3* handle, int code) {
    const int extended = handle == nullptr ? code : sqlite3_extended_errcode(handle);
    const std::string message = handle == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(handle);
    throw SqliteError(extended, message);
}

void check(sqlite3* handle, int code) {
    if (code != SQLITE_OK) fail(handle, code);
}

}  // namespace

SqliteError::SqliteError(int extended_code, const std::string& message)
    : std::runtime_error(message + " (SQLite code " + std::to_string(extended_code) + ")"), code_(extended_code) {}

bool SqliteError::says_damaged() const noexcept {
    return primary(code_) == SQLITE_CORRUPT || primary(code_) == SQLITE_NOTADB;
}

Rows::~Rows() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
}

bool Rows::next() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    fail(sqlite3_db_handle(statement_), code);
}

std::int64_t Rows::number(int column) const { return sqlite3_column_int64(statement_, column); }

std::string Rows::text(int column) const {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    if (text == nullptr) return {};
    return std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
}

Time Rows::time(int column) const { return Time(std::chrono::microseconds(number(column))); }

Statement::Statement(Connection& connection, std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    check(connection.handle(), sqlite3_prepare_v3(connection.handle(), sql.data(), static_cast<int>(sql.size()),
                                                  SQLITE_PREPARE_PERSISTENT, &statement, nullptr));
    statement_.reset(statement);
}

void Statement::bind(int index, std::int64_t value) {
    check(sqlite3_db_handle(statement_.get()), sqlite3_bind_int64(statement_.get(), index, value));
}

void Statement::bind(int index, std::string_view value) {
    // An empty view may have no address, which SQLite would take for NULL.
    const char* text = value.empty() ? "" : value.data();
    check(sqlite3_db_handle(statement_.get()),
          sqlite3_bind_text64(statement_.get(), index, text, value.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void Statement::bind(int index, Time value) { bind(index, std::int64_t{value.time_since_epoch().count()}); }

void Statement::Finalize::operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }

Connection::Connection(const std::filesystem::path& file, Access access) {
    const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                      (access == Access::ReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &handle, flags, nullptr);
    handle_.reset(handle);
    check(handle, code);
    sqlite3_busy_timeout(handle, busy_timeout_milliseconds);
    // Takes the place of SQLite's own hook, which would checkpoint inside of COMMIT.
    const auto count_frames = [](void* frames, sqlite3*, const char*, int in_wal) {
        *static_cast<int*>(frames) = in_wal;
        return SQLITE_OK;
    };
    sqlite3_wal_hook(handle, count_frames, &wal_frames_);
}

void Connection::run(const std::string& sql) {
    check(handle(), sqlite3_exec(handle(), sql.c_str(), nullptr, nullptr, nullptr));
}

std::int64_t Connection::number(std::string_view sql) {
    Statement statement(*this, sql);
    Rows rows = statement.query();
    return rows.next() ? rows.number(0) : 0;
}

std::string Connection::text(std::string_view sql) {
    Statement statement(*this, sql);
    Rows rows = statement.query();
    return rows.next() ? rows.text(0) : std::string();
}

std::int64_t Connection::changes() const { return sqlite3_total_changes64(handle()); }

bool Connection::checkpoint(Checkpoint mode) {
    int in_wal = 0;
    int copied = 0;
    sqlite3_busy_timeout(handle(), mode == Checkpoint::PatientTruncate ? busy_timeout_milliseconds : 0);
    const int code = sqlite3_wal_checkpoint_v2(
        handle(), nullptr, mode == Checkpoint::Passive ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_TRUNCATE,
        &in_wal, &copied);
    sqlite3_busy_timeout(handle(), busy_timeout_milliseconds);
    if (primary(code) == SQLITE_BUSY) return false;
    check(handle(), code);
    if (in_wal != copied) return false;
    wal_frames_ = 0;
    return true;
}

void Connection::Close::operator()(sqlite3* handle) const noexcept { sqlite3_close(handle); }

}  // namespace pinrelay::spool
