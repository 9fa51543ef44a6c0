#include "rival_table.hpp"

#include <algorithm>

namespace pinrelay::spool {

RivalTable::RivalTable(Connection& connection)
    : put_(connection, "INSERT OR REPLACE INTO rival (record, trust) VALUES (?, ?)"),
      find_(connection, "SELECT trust FROM rival WHERE record = ?"),
      remove_(connection, "DELETE FROM rival WHERE record = ? RETURNING record"),
      remove_orphans_(connection, "DELETE FROM rival WHERE record NOT IN (SELECT id FROM record)"),
      rivals_(connection.number("SELECT count(*) FROM rival")) {}

void RivalTable::put(RecordId record, model::Trust trust) {
    put_.run(record, static_cast<int>(trust));
    ++rivals_;
}

std::optional<model::Trust> RivalTable::find(RecordId record) {
    if (is_empty()) return std::nullopt;
    Rows rows = find_.query(record);
    if (!rows.next()) return std::nullopt;
    constexpr auto highest = static_cast<std::int64_t>(model::Trust::Signed);
    return static_cast<model::Trust>(std::clamp<std::int64_t>(rows.number(0), 0, highest));
}

bool RivalTable::remove(RecordId record) {
    if (is_empty()) return false;
    Rows rows = remove_.query(record);
    const bool found = rows.next();
    if (found) rows.next();  // the statement has not ended before it says so
    return found;
}

void RivalTable::remove_orphans() {
    if (!is_empty()) remove_orphans_.run();
}

}  // namespace pinrelay::spool
