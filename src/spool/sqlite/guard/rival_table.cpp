#include "rival_table.hpp"

#include <algorithm>

namespace pinrelay::spool {
namespace {

// The last of the rows, so that the statement has ended.
std::optional<RivalTable::Rival> last_rival(Rows rows) {
    constexpr auto highest = static_cast<std::int64_t>(model::Trust::Signed);
    std::optional<RivalTable::Rival> rival;
    while (rows.next())
        rival = RivalTable::Rival{static_cast<std::uint32_t>(rows.number(1)),
                                  static_cast<model::Trust>(std::clamp<std::int64_t>(rows.number(0), 0, highest))};
    return rival;
}

}  // namespace

RivalTable::RivalTable(Connection& connection)
    : put_(connection, "INSERT OR REPLACE INTO rival (record, trust, print) VALUES (?, ?, ?)"),
      find_(connection, "SELECT trust, print FROM rival WHERE record = ?"),
      take_(connection, "DELETE FROM rival WHERE record = ? RETURNING trust, print"),
      remove_orphans_(connection, "DELETE FROM rival WHERE record NOT IN (SELECT id FROM record)"),
      occupancy_(connection, "rival") {}

void RivalTable::put(RecordId record, const Rival& rival) {
    put_.run(record, static_cast<int>(rival.trust), std::int64_t{rival.print});
    occupancy_.added();
}

std::optional<RivalTable::Rival> RivalTable::find(RecordId record) {
    if (is_empty()) return std::nullopt;
    return last_rival(find_.query(record));
}

std::optional<RivalTable::Rival> RivalTable::take(RecordId record) {
    if (is_empty()) return std::nullopt;
    const auto rival = last_rival(take_.query(record));
    if (rival) occupancy_.look();
    return rival;
}

void RivalTable::remove_orphans() {
    if (is_empty()) return;
    remove_orphans_.run();
    occupancy_.look();
}

}  // namespace pinrelay::spool
