#include "found_rows.hpp"

#include <limits>

#include "spool/sqlite/guard/known_bytes.hpp"

namespace pinrelay::spool {
namespace {

constexpr std::size_t record_columns = 11;  // of version 1
constexpr std::size_t letter_columns = 14;
constexpr std::size_t ledger_columns = 5;
constexpr std::size_t copy_columns = 8;
constexpr std::size_t rival_columns = 3;

// Reads the columns in their order; one that is not as it should be spoils all.
class Reader {
public:
    explicit Reader(const Row& row) : columns_(row.columns) {}

    void skip() { ++at_; }

    std::string text() {
        const auto* text = at_ < columns_.size() ? std::get_if<std::string>(&columns_[at_++]) : nullptr;
        good_ = good_ && text != nullptr;
        return good_ ? *text : std::string();
    }

    std::string filled_text() {
        std::string filled = text();
        good_ = good_ && !filled.empty();
        return filled;
    }

    std::int64_t number(std::int64_t least, std::int64_t most) {
        const auto* number = at_ < columns_.size() ? std::get_if<std::int64_t>(&columns_[at_++]) : nullptr;
        good_ = good_ && number != nullptr && *number >= least && *number <= most;
        return good_ ? *number : 0;
    }

    Time time() { return Time(std::chrono::microseconds(number(0, std::numeric_limits<std::int64_t>::max()))); }

    bool ended() const { return at_ == columns_.size(); }
    bool good() const { return good_; }

private:
    const std::vector<Column>& columns_;
    std::size_t at_ = 0;
    bool good_ = true;
};

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

// The columns that both tables have in the middle.
void read_event(Reader& reader, StoredRecord& stored) {
    stored.record.destination = reader.filled_text();
    stored.record.event_name = reader.filled_text();
    stored.record.event_label = reader.filled_text();
    stored.record.event_id = reader.filled_text();
    stored.record.event_time = reader.time();
    stored.record.deduplicated = reader.number(0, 1) != 0;
    stored.accepted = reader.time();
    stored.attempts = static_cast<int>(reader.number(0, std::numeric_limits<int>::max()));
}

}  // namespace

std::optional<StoredRecord> record_in(const Row& row) {
    if (row.id <= 0 || row.columns.size() < record_columns) return std::nullopt;
    Reader reader(row);
    StoredRecord stored;
    stored.id = row.id;
    reader.skip();  // the id, which is the row's
    read_event(reader, stored);
    reader.number(0, most);  // not_before
    stored.record.body = reader.filled_text();
    if (!reader.ended()) stored.record.source_name = reader.text();
    if (!reader.ended()) stored.interrupted = reader.number(0, 1) != 0;
    if (!reader.good() || !reader.ended()) return std::nullopt;
    return stored;
}

std::optional<DeadLetter> dead_letter_in(const Row& row) {
    if (row.id <= 0 || row.columns.size() < letter_columns) return std::nullopt;
    Reader reader(row);
    DeadLetter letter;
    letter.number = row.id;
    reader.skip();
    letter.stored.id = reader.number(1, most);
    read_event(reader, letter.stored);
    letter.reason = reader.filled_text();
    letter.message = reader.text();
    letter.died = reader.time();
    letter.stored.record.body = reader.filled_text();
    if (!reader.ended()) letter.stored.record.source_name = reader.text();
    if (!reader.good() || !reader.ended()) return std::nullopt;
    return letter;
}

std::optional<CopyTable::Copy> copy_in(const Row& row) {
    if (row.id <= 0 || row.columns.size() != copy_columns) return std::nullopt;
    Reader reader(row);
    CopyTable::Copy copy;
    reader.skip();
    const std::string known = reader.text();
    copy.known = unpacked(known_in(known));
    copy.record.source_name = reader.text();
    copy.record.event_label = reader.filled_text();
    copy.record.event_time = reader.time();
    copy.record.deduplicated = reader.number(0, 1) != 0;
    copy.accepted = reader.time();
    copy.record.body = reader.filled_text();
    if (!reader.good() || known.size() != known_bytes) return std::nullopt;
    return copy;
}

std::optional<model::Trust> rival_in(const Row& row) {
    if (row.id <= 0 || row.columns.size() != rival_columns) return std::nullopt;
    Reader reader(row);
    reader.skip();
    const auto trust = reader.number(0, static_cast<std::int64_t>(model::Trust::Signed));
    reader.number(0, std::numeric_limits<std::uint32_t>::max());
    if (!reader.good()) return std::nullopt;
    return static_cast<model::Trust>(trust);
}

std::optional<std::int64_t> pending_of(const Row& row) {
    if (row.columns.size() < ledger_columns) return std::nullopt;
    Reader reader(row);
    reader.filled_text();
    reader.filled_text();
    // Bounded, so that sums of them fit.
    constexpr std::int64_t sensible = 1LL << 50;
    const auto stored = reader.number(0, sensible);
    const auto delivered = reader.number(0, sensible);
    const auto dead_lettered = reader.number(0, sensible);
    const auto replayed = reader.ended() ? 0 : reader.number(0, sensible);
    while (!reader.ended() && reader.good()) reader.number(0, sensible);  // counts of duplicates
    if (!reader.good()) return std::nullopt;
    return stored + replayed - delivered - dead_lettered;
}

std::optional<Root> root_of(const Row& row) {
    constexpr std::size_t columns = 5;  // type, name, tbl_name, rootpage, sql
    if (row.columns.size() != columns) return std::nullopt;
    Reader reader(row);
    const std::string type = reader.text();
    Root root{reader.text(), 0};
    reader.skip();
    root.page = static_cast<PageNumber>(reader.number(1, std::numeric_limits<PageNumber>::max()));
    if (!reader.good() || type != "table") return std::nullopt;
    return root;
}

}  // namespace pinrelay::spool
