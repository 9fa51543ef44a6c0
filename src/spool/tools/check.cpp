#include "pinrelay/spool/check.hpp"

#include "tool_store.hpp"

namespace pinrelay::spool {
namespace {

using Problems = std::vector<std::string>;
using IsSound = std::function<bool(const Record&)>;

void check_pages(Connection& connection, Problems& problems) {
    Statement check(connection, "PRAGMA integrity_check(20)");
    for (Rows rows = check.query(); rows.next();)
        if (const std::string found = rows.text(0); found != "ok") problems.push_back(found);
}

// Each in one statement, so that a relay that writes meanwhile changes nothing.
void check_ledger(Connection& connection, Problems& problems) {
    Statement pending(connection,
                      "SELECT destination, event_label, sum(counted), sum(found) FROM ("
                      "SELECT destination, event_label, stored + replayed - delivered - dead_lettered AS counted, "
                      "0 AS found FROM ledger UNION ALL "
                      "SELECT destination, event_label, 0, count(*) FROM record GROUP BY destination, event_label) "
                      "GROUP BY destination, event_label HAVING sum(counted) <> sum(found)");
    for (Rows rows = pending.query(); rows.next();)
        problems.push_back("the ledger counts " + std::to_string(rows.number(2)) + " pending events of " +
                           rows.text(0) + ", " + rows.text(1) + ", and there are " + std::to_string(rows.number(3)));
    Statement letters(connection,
                      "SELECT destination, reason, sum(counted), sum(found) FROM ("
                      "SELECT destination, reason, records AS counted, 0 AS found FROM dead_reason UNION ALL "
                      "SELECT destination, reason, 0, count(*) FROM dead_letter GROUP BY destination, reason) "
                      "GROUP BY destination, reason HAVING sum(counted) < sum(found)");
    for (Rows rows = letters.query(); rows.next();)
        problems.push_back("the ledger has counted " + std::to_string(rows.number(2)) + " dead letters of " +
                           rows.text(0) + ", " + rows.text(1) + ", and there are " + std::to_string(rows.number(3)));
    Statement sizes(connection,
                    "SELECT destination, sum(counted), sum(found) FROM ("
                    "SELECT destination, bytes AS counted, 0 AS found FROM dead_letter_size UNION ALL "
                    "SELECT destination, 0, sum(bytes) FROM dead_letter GROUP BY destination) "
                    "GROUP BY destination HAVING sum(counted) <> sum(found)");
    for (Rows rows = sizes.query(); rows.next();)
        problems.push_back("the sums count " + std::to_string(rows.number(1)) + " bytes of dead letters of " +
                           rows.text(0) + ", and there are " + std::to_string(rows.number(2)));
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

void check_bodies(Connection& connection, const Table& table, const IsSound& is_sound, Problems& problems) {
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
            if (is_sound(record)) continue;
            if (wrong++ == 0) first_wrong = last;
        }
    }
    if (wrong > 0) problems.push_back(std::to_string(wrong) + " " + table.what + std::to_string(first_wrong));
}

}  // namespace

std::vector<std::string> problems_of(const std::filesystem::path& file, const IsSound& is_sound) {
    Problems problems;
    try {
        ToolStore store(file, Connection::Access::ReadOnly);
        check_pages(store.connection(), problems);
        check_ledger(store.connection(), problems);
        check_bodies(store.connection(), records, is_sound, problems);
        check_bodies(store.connection(), dead_letters, is_sound, problems);
    } catch (const SqliteError& error) {
        problems.emplace_back(error.what());
    } catch (const ForeignFile& error) {
        problems.emplace_back(error.what());
    }
    return problems;
}

}  // namespace pinrelay::spool
