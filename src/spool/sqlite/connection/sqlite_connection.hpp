#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "pinrelay/core/clock.hpp"

struct sqlite3;
struct sqlite3_stmt;

// SQLite as values that clean up after themselves. Every failure is a SqliteError. One thread at a time.
namespace pinrelay::spool {

inline constexpr int sqlite_busy = 5;  // SQLITE_BUSY, for those who do not see sqlite3.h

class SqliteError : public std::runtime_error {
public:
    SqliteError(int extended_code, const std::string& message);

    int code() const noexcept { return code_; }
    bool says_damaged() const noexcept;  // the file is not, or no longer, a sound database

private:
    int code_;
};

// What is stored as a BLOB.
struct Bytes {
    std::string_view view;
};

// The rows that a statement gives. The statement is reset at the end, so that no read transaction stays open.
class Rows {
public:
    explicit Rows(sqlite3_stmt* statement) : statement_(statement) {}
    Rows(Rows&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}
    Rows& operator=(Rows&&) = delete;
    ~Rows();

    bool next();
    std::int64_t number(int column) const;
    std::string text(int column) const;
    std::string_view bytes(int column) const;  // until the next row
    Time time(int column) const;

private:
    sqlite3_stmt* statement_;
};

class Connection;

// A prepared statement. Text is lent to it until the rows are gone or `run` has returned.
class Statement {
public:
    Statement(Connection& connection, std::string_view sql);

    template <class... Values>
    [[nodiscard]] Rows query(Values&&... values) {
        static_assert((!std::is_same_v<Values, std::string> && ...), "the text would be gone before the rows are");
        [[maybe_unused]] int index = 0;
        (bind(++index, values), ...);
        return Rows(statement_.get());
    }

    template <class... Values>
    void run(const Values&... values) {
        Rows rows = query(values...);
        while (rows.next()) {
        }
    }

private:
    void bind(int index, std::int64_t value);
    void bind(int index, int value) { bind(index, std::int64_t{value}); }
    void bind(int index, std::string_view value);
    void bind(int index, const std::string& value) { bind(index, std::string_view(value)); }
    void bind(int index, Bytes value);
    void bind(int index, Time value);

    struct Finalize {
        void operator()(sqlite3_stmt* statement) const noexcept;
    };
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

// How long a relay waits for another program's lock. An operator's shell may hold the file for a moment; the relay's
// requests time out later than this.
inline constexpr std::chrono::milliseconds usual_patience{2000};

class Connection {
public:
    enum class Access { ReadOnly, ReadWrite };

    // Where another program holds a lock, it is tried again each millisecond until `patience` has passed.
    Connection(const std::filesystem::path& file, Access access, std::chrono::milliseconds patience = usual_patience);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void run(const std::string& sql);
    std::int64_t number(std::string_view sql);  // the first column of the first row, 0 when there is none
    std::string text(std::string_view sql);

    std::int64_t changes() const;                            // rows changed since the connection was opened
    std::int64_t changed_at_last() const;                    // by the last statement that was to change some
    int wal_frames() const noexcept { return wal_frames_; }  // after the last commit, or checkpoint of ours

    // Passive copies as much of the WAL as readers allow. Truncate also empties the file, unless a reader is in it;
    // PatientTruncate waits for readers as long as its patience lasts. Returns whether all was copied (and emptied).
    enum class Checkpoint { Passive, Truncate, PatientTruncate };
    bool checkpoint(Checkpoint mode);

    // The last connection that is closed copies the WAL into the database and deletes it, also one in which SQLite
    // could read nothing and `salvage` could: so it is kept until the owner has found the file to be sound.
    void keep_wal(bool keep);

    sqlite3* handle() const noexcept { return handle_.get(); }

private:
    struct Close {
        void operator()(sqlite3* handle) const noexcept;
    };
    static int wait_for_lock(void* connection, int tries);

    std::chrono::milliseconds patience_;
    bool impatient_ = false;
    std::chrono::steady_clock::time_point waiting_since_;
    std::unique_ptr<sqlite3, Close> handle_;
    int wal_frames_ = 0;
};

}  // namespace pinrelay::spool
