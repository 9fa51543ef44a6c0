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
const char* const fresh_newest =
    "SELECT id FROM record INDEXED BY record_due "
    "WHERE destination = ? AND not_before = 0 AND event_time >= ? ORDER BY event_time DESC, id DESC";
const char* const stale_newest =
    "SELECT id FROM record INDEXED BY record_due "
    "WHERE destination = ? AND not_before = 0 AND event_time < ? AND event_time >= ? "
    "ORDER BY event_time DESC, id DESC";
}  // namespace lease_sql

namespace {

// Reads records by their ids. Where the next one follows in the table, as records that came together do, it is one step
// of the same query.
class RecordReader {
public:
    explicit RecordReader(Statement& from_id) : from_id_(from_id) {}

    std::optional<StoredRecord> read(RecordId id) {
        const bool follows = rows_ && last_ + 1 == id && step_to(id);
        if (!follows) {
            rows_.reset();  // before the statement is used anew
            rows_.emplace(from_id_.query(id));
            if (!step_to(id)) return std::nullopt;
        }
        last_ = id;
        StoredRecord stored = event_in(*rows_, 2);
        stored.id = id;
        stored.interrupted = rows_->number(1) != 0;
        return stored;
    }

private:
    bool step_to(RecordId id) { return rows_->next() && rows_->number(0) == id; }

    Statement& from_id_;
    std::optional<Rows> rows_;
    RecordId last_ = 0;
};

}  // namespace

struct DueRecords::Choice {
    const LeaseRequest& request;
    const HeldRecords& held;
    RecentRecords& recent;
    RecordReader reader;
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
      fresh_newest_(connection, lease_sql::fresh_newest),
      stale_newest_(connection, lease_sql::stale_newest),
      read_(connection,
            std::string("SELECT id, sending, ") + event_columns + " FROM record WHERE id >= ? ORDER BY id") {}

std::vector<StoredRecord> DueRecords::choose(const LeaseRequest& request, const HeldRecords& held,
                                             RecentRecords& recent) {
    Choice choice{request, held, recent, RecordReader(read_), {}};
    if (request.max_records == 0) return {};
    wake_.run(request.destination, request.now, woken_per_lease);
    if (request.longest_wait)
        wake_stranded_.run(request.destination, request.now + *request.longest_wait, woken_per_lease);
    const Time event_since = request.event_since.value_or(Time::min());
    Statement& fresh = request.newest_first ? fresh_newest_ : fresh_;
    Statement& stale = request.newest_first ? stale_newest_ : stale_;
    collect(fresh.query(request.destination, std::max(request.fresh_since, event_since)), choice);
    if (!choice.complete && !request.fresh_only)
        collect(stale.query(request.destination, request.fresh_since, event_since), choice);
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
        const StoredRecord* known = choice.recent.find(id);
        std::optional<StoredRecord> read;
        if (known == nullptr) {
            read = choice.reader.read(id);
            if (!read) continue;  // a damaged index must not keep the others back
        }
        choice.bytes += (known != nullptr ? *known : *read).record.body.size();
        if (choice.bytes > choice.request.max_bytes && !choice.taken.empty()) {
            choice.complete = true;
            return;
        }
        choice.taken.push_back(known != nullptr ? choice.recent.take(id) : std::move(*read));
        choice.complete = choice.taken.size() >= choice.request.max_records;
    }
}

}  // namespace pinrelay::spool
