#include "due_records.hpp"

#include <algorithm>
#include <cstdint>

#include "event_columns.hpp"

namespace pinrelay::spool {
namespace {

// Bounds what one lease writes when very many waits end at once; the rest is ready for the next leases.
constexpr auto woken_per_lease = static_cast<std::int64_t>(most_due_at_once);

}  // namespace

namespace lease_sql {
const char* const wake =
    "UPDATE record SET not_before = 0 WHERE id IN (SELECT id FROM record INDEXED BY record_due "
    "WHERE destination = ? AND not_before > 0 AND not_before <= ? ORDER BY not_before LIMIT ?)";
const char* const stranded =
    "UPDATE record SET not_before = 0 WHERE id IN (SELECT id FROM record INDEXED BY record_due "
    "WHERE destination = ? AND not_before > ? ORDER BY not_before DESC LIMIT ?)";
const char* const waiting =
    "UPDATE record SET not_before = 0 WHERE id IN (SELECT id FROM record INDEXED BY record_waiting "
    "WHERE not_before > 0 LIMIT ?) RETURNING id";
const char* const fresh =
    "SELECT id FROM record INDEXED BY record_due "
    "WHERE destination = ? AND not_before = 0 AND event_time >= ? ORDER BY event_time, id";
const char* const stale =
    "SELECT id FROM record INDEXED BY record_due "
    "WHERE destination = ? AND not_before = 0 AND event_time < ? AND event_time >= ? ORDER BY event_time, id";
}  // namespace lease_sql

struct DueRecords::Choice {
    const LeaseRequest& request;
    const HeldRecords& held;
    std::vector<StoredRecord> taken;
    std::size_t bytes = 0;
    bool complete = false;
};

DueRecords::DueRecords(Connection& connection)
    : wake_(connection, lease_sql::wake),
      wake_stranded_(connection, lease_sql::stranded),
      end_waits_(connection, lease_sql::waiting),
      fresh_(connection, lease_sql::fresh),
      stale_(connection, lease_sql::stale),
      fetch_(connection, std::string("SELECT sending, ") + event_columns + " FROM record WHERE id = ?") {}

std::vector<StoredRecord> DueRecords::choose(const LeaseRequest& request, const HeldRecords& held) {
    Choice choice{request, held, {}};
    if (request.max_records == 0) return {};
    wake_.run(request.destination, request.now, woken_per_lease);
    if (request.longest_wait)
        wake_stranded_.run(request.destination, request.now + *request.longest_wait, woken_per_lease);
    const Time event_since = request.event_since.value_or(Time::min());
    collect(fresh_.query(request.destination, std::max(request.fresh_since, event_since)), choice);
    if (!choice.complete && !request.fresh_only)
        collect(stale_.query(request.destination, request.fresh_since, event_since), choice);
    return std::move(choice.taken);
}

bool DueRecords::end_waits(std::size_t most) {
    std::size_t ended = 0;
    for (Rows rows = end_waits_.query(static_cast<std::int64_t>(most)); rows.next();) ++ended;
    return ended == most;
}

void DueRecords::collect(Rows ids, Choice& choice) {
    while (!choice.complete && ids.next()) {
        const RecordId id = ids.number(0);
        if (choice.held.contains(id)) continue;
        std::optional<StoredRecord> stored = fetch(id);
        if (!stored) continue;  // a damaged index must not keep the others back
        choice.bytes += stored->record.body.size();
        if (choice.bytes > choice.request.max_bytes && !choice.taken.empty()) {
            choice.complete = true;
            return;
        }
        choice.taken.push_back(std::move(*stored));
        choice.complete = choice.taken.size() >= choice.request.max_records;
    }
}

std::optional<StoredRecord> DueRecords::fetch(RecordId id) {
    Rows row = fetch_.query(id);
    if (!row.next()) return std::nullopt;
    StoredRecord stored = event_in(row, 1);
    stored.id = id;
    stored.interrupted = row.number(0) != 0;
    return stored;
}

}  // namespace pinrelay::spool
