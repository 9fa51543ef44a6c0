#include "sqlite_connection.hpp"

#include <sqlite3.h>

#include <thread>

namespace pinrelay::spool {
namespace {

// SQLite's own handler comes to wait 100 ms between two looks. A tool that writes in many short transactions is gone
// for some milliseconds at a time, which that would miss.
constexpr std::chrono::milliseconds between_looks{1};

constexpr int primary(int extended_code) { return extended_code & 0xff; }

[[noreturn]] void fail(sqlite3* handle, int code) {
    const int extended = handle == nullptr ? code : sqlite3_extended_errcode(handle);
    const std::string message = handle == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(handle);
    throw SqliteError(extended, message);
}

void check(sqlite3* handle, int code) {
    if (code != SQLITE_OK) fail(handle, code);
}

// SQLite counts the memory that it uses under one lock, at each allocation, and nobody reads the sums here. It can be
// changed before its first use alone; where somebody used it before, it stays as it is.
void leave_memory_uncounted() { [[maybe_unused]] static const int answer = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

}  // namespace

SqliteError::SqliteError(int extended_code, const std::string& message)
    : std::runtime_error(message + " (SQLite code " + std::to_string(extended_code) + ")"), code_(extended_code) {}

bool SqliteError::says_damaged() const noexcept {
    return primary(code_) == SQLITE_CORRUPT || primary(code_) == SQLITE_NOTADB;
}

Rows::~Rows() {
    if (statement_ == nullptr) return;
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

std::string_view Rows::bytes(int column) const {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    if (bytes == nullptr) return {};
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
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

void Statement::bind(int index, Bytes value) {
    check(sqlite3_db_handle(statement_.get()),
          sqlite3_bind_blob64(statement_.get(), index, value.view.data(), value.view.size(), SQLITE_STATIC));
}

void Statement::bind(int index, Time value) { bind(index, std::int64_t{value.time_since_epoch().count()}); }

void Statement::Finalize::operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }

Connection::Connection(const std::filesystem::path& file, Access access, std::chrono::milliseconds patience)
    : patience_(patience) {
    leave_memory_uncounted();
    const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                      (access == Access::ReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &handle, flags, nullptr);
    handle_.reset(handle);
    check(handle, code);
    sqlite3_busy_handler(handle, wait_for_lock, this);
    keep_wal(true);
    // Takes the place of SQLite's own hook, which would checkpoint inside of COMMIT.
    const auto count_frames = [](void* frames, sqlite3*, const char*, int in_wal) {
        *static_cast<int*>(frames) = in_wal;
        return SQLITE_OK;
    };
    sqlite3_wal_hook(handle, count_frames, &wal_frames_);
}

int Connection::wait_for_lock(void* connection, int tries) {
    auto& self = *static_cast<Connection*>(connection);
    const auto now = std::chrono::steady_clock::now();
    if (tries == 0) self.waiting_since_ = now;
    if (self.impatient_ || now - self.waiting_since_ >= self.patience_) return 0;
    std::this_thread::sleep_for(between_looks);
    return 1;
}

void Connection::keep_wal(bool keep) {
    int persist = keep ? 1 : 0;
    check(handle(), sqlite3_file_control(handle(), nullptr, SQLITE_FCNTL_PERSIST_WAL, &persist));
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

std::int64_t Connection::changed_at_last() const { return sqlite3_changes64(handle()); }

bool Connection::checkpoint(Checkpoint mode) {
    int in_wal = 0;
    int copied = 0;
    impatient_ = mode != Checkpoint::PatientTruncate;
    const int code = sqlite3_wal_checkpoint_v2(
        handle(), nullptr, mode == Checkpoint::Passive ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_TRUNCATE,
        &in_wal, &copied);
    impatient_ = false;
    if (primary(code) == SQLITE_BUSY) return false;
    check(handle(), code);
    if (in_wal != copied) return false;
    wal_frames_ = 0;
    return true;
}

void Connection::Close::operator()(sqlite3* handle) const noexcept { sqlite3_close(handle); }

}  // namespace pinrelay::spool
