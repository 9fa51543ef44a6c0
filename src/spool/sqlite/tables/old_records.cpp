#include "old_records.hpp"

#include <optional>
#include <utility>

namespace pinrelay::spool {

namespace expire_sql {
const char* const ready =
    "SELECT id, event_time FROM record INDEXED BY record_due "
    "WHERE destination = ? AND not_before = 0 AND event_time < ? ORDER BY event_time, id";
const char* const waiting =
    "SELECT id, event_time FROM record INDEXED BY record_waiting "
    "WHERE destination = ? AND not_before > 0 AND event_time < ? ORDER BY event_time, id";
}  // namespace expire_sql

namespace {

// Walks one index, past the records that are held.
class Walk {
public:
    Walk(Statement& statement, const std::string& destination, Time before, const HeldRecords& held)
        : rows_(statement.query(destination, before)), held_(held) {
        step();
    }

    bool ended() const noexcept { return !next_; }
    bool before(const Walk& other) const noexcept { return next_ && (!other.next_ || *next_ < *other.next_); }

    RecordId take() {
        const RecordId id = next_->second;
        step();
        return id;
    }

private:
    void step() {
        next_.reset();
        while (!next_ && rows_.next())
            if (!held_.contains(rows_.number(0))) next_.emplace(rows_.time(1), rows_.number(0));
    }

    Rows rows_;
    const HeldRecords& held_;
    std::optional<std::pair<Time, RecordId>> next_;
};

}  // namespace

OldRecords::OldRecords(Connection& connection)
    : ready_(connection, expire_sql::ready), waiting_(connection, expire_sql::waiting) {}

std::vector<RecordId> OldRecords::choose(const std::string& destination, Time before, std::size_t limit,
                                         const HeldRecords& held) {
    std::vector<RecordId> chosen;
    Walk ready(ready_, destination, before, held);
    Walk waiting(waiting_, destination, before, held);
    while (chosen.size() < limit && !(ready.ended() && waiting.ended()))
        chosen.push_back(ready.before(waiting) ? ready.take() : waiting.take());
    return chosen;
}

}  // namespace pinrelay::spool
