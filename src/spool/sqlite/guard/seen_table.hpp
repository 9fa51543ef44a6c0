#pragma once

#include <array>
#include <string>
#include <string_view>

#include "spool/duplicates/duplicate_guard.hpp"
#include "spool/sqlite/connection/sqlite_connection.hpp"

namespace pinrelay::spool {

inline constexpr std::array seen_tables = {"seen_anonymous", "seen_browser", "seen_trusted"};
static_assert(seen_tables.size() == pools);

// Whether `changes` of a row can be read to its end.
bool is_list_of_changes(std::string_view bytes);

// `seen_anonymous`, `seen_browser` and `seen_trusted`: what a DuplicateGuard has changed in each of its pools, one row
// per transaction, in their order. A commit appends a row to the end of a table, and those that count no more are
// deleted from its beginning, some at a time. `secret` has the key of what is remembered.
class SeenTable {
public:
    explicit SeenTable(Connection& connection);

    // Makes the guard what the file says; does nothing where they agree.
    void load(DuplicateGuard& guard);

    // The changes of the transaction. Inside of the caller's.
    void write(const DuplicateGuard& guard);

    void clear();

private:
    struct PoolTable {
        PoolTable(Connection& connection, const char* table);
        void add(std::int64_t number, Time time, const DuplicateGuard::Changes& changes);
        void drop_rows_before(std::int64_t number);
        bool is_empty() const noexcept { return last == 0 || last < first; }

        const char* name;
        Statement insert;
        Statement remove;
        std::int64_t first;  // the row with the lowest number, or what comes before it; 0 where there was none
        std::int64_t last;   // the row with the highest number; 0 where there was none
        std::string bytes;
    };

    Connection& connection_;
    std::array<PoolTable, pools> tables_;
};

}  // namespace pinrelay::spool
