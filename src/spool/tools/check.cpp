#include "pinrelay/spool/check.hpp"

#include "table_checks.hpp"
#include "tool_store.hpp"

namespace pinrelay::spool {
namespace {

using IsSound = std::function<bool(const Record&)>;

void check_pages(Connection& connection, Problems& problems) {
    Statement check(connection, "PRAGMA integrity_check(20)");
    for (Rows rows = check.query(); rows.next();)
        if (const std::string found = rows.text(0); found != "ok") problems.push_back(found);
}

// Of all tables.
struct BodyCount {
    const Progress& progress;
    std::uint64_t done = 0;
    std::uint64_t all = 0;
};

std::uint64_t bodies_in(Connection& connection) {
    return static_cast<std::uint64_t>(
        connection.number("SELECT (SELECT count(*) FROM record) + (SELECT count(*) FROM dead_letter) + "
                          "(SELECT count(*) FROM copy JOIN record ON record.id = copy.record)"));
}

struct Table {
    const char* page;  // from one number on
    const char* what;
};
constexpr Table records = {
    "SELECT id, event_id, body FROM record WHERE id > ? ORDER BY id LIMIT ?",
    "events whose body is not what may be sent, beginning with the record ",
};
constexpr Table dead_letters = {
    "SELECT number, event_id, body FROM dead_letter WHERE number > ? ORDER BY number LIMIT ?",
    "dead letters whose body is not what may be sent, beginning with number ",
};
constexpr Table copies = {
    "SELECT copy.record, record.event_id, copy.body FROM copy JOIN record ON record.id = copy.record "
    "WHERE copy.record > ? ORDER BY copy.record LIMIT ?",
    "duplicates whose body is not what may be sent, beginning with that of the record ",
};

void check_bodies(Connection& connection, const Table& table, const IsSound& is_sound, BodyCount& count,
                  Problems& problems) {
    Statement page(connection, table.page);
    std::int64_t last = 0;
    std::int64_t first_wrong = 0;
    std::uint64_t wrong = 0;
    for (bool more = true; more;) {
        more = false;
        for (Rows rows = page.query(last, static_cast<std::int64_t>(rows_at_once)); rows.next(); more = true) {
            last = rows.number(0);
            Record record;
            record.event_id = rows.text(1);
            record.body = rows.text(2);
            count.progress(++count.done, count.all);
            if (is_sound(record)) continue;
            if (wrong++ == 0) first_wrong = last;
        }
    }
    if (wrong > 0) problems.push_back(std::to_string(wrong) + " " + table.what + std::to_string(first_wrong));
}

}  // namespace

std::vector<std::string> problems_of(const std::filesystem::path& file, const IsSound& is_sound,
                                     const Progress& progress) {
    Problems problems;
    try {
        ToolStore store(file, Connection::Access::ReadOnly);
        Connection& connection = store.connection();
        progress(0, 0);
        check_pages(connection, problems);
        check_tables(connection, problems);
        BodyCount count{progress, 0, bodies_in(connection)};
        for (const Table* table : {&records, &dead_letters, &copies})
            check_bodies(connection, *table, is_sound, count, problems);
    } catch (const SqliteError& error) {
        problems.emplace_back(error.what());
    } catch (const ForeignFile& error) {
        problems.emplace_back(error.what());
    }
    return problems;
}

}  // namespace pinrelay::spool
