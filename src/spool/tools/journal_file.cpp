#include "pinrelay/spool/journal.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include "spool/duplicates/keyed_hash.hpp"
#include "spool/journal/id_digests.hpp"
#include "spool/journal/journal_bytes.hpp"
#include "spool/sqlite/guard/secret.hpp"
#include "spool/sqlite/journal/kind_table.hpp"
#include "spool/sqlite/journal/outcome_number.hpp"
#include "tool_store.hpp"

namespace pinrelay::spool {
namespace {

Connection& prepared_to_read(Connection& connection) {
    prepare_for_tool(connection);
    connection.keep_wal(false);
    return connection;
}

}  // namespace

class JournalFile::Parts {
public:
    explicit Parts(const std::filesystem::path& path)
        : file(path),
          connection_(existing_file(path), Connection::Access::ReadOnly),
          kinds_(prepared_to_read(connection_)),
          hash_(secret_in(connection_)),
          entries_from_(connection_, "SELECT number, entries FROM journal WHERE number >= ? ORDER BY number"),
          entries_before_(connection_, "SELECT number, entries FROM journal WHERE number <= ? ORDER BY number DESC"),
          keys_(connection_, "SELECT keys FROM journal_keys WHERE number = ?"),
          outcomes_(connection_, "SELECT outcomes FROM journal_outcome WHERE number BETWEEN ? AND ? ORDER BY number"),
          is_pending_(connection_, "SELECT 1 FROM record WHERE id = ?") {}

    FoundEvents with_id(char kind, std::string_view id, std::size_t limit);
    FoundEvents last(std::size_t limit);

    const std::filesystem::path file;

private:
    struct Sealed {
        std::int64_t number = 0;
        std::int64_t first = 0;
        std::int64_t last = 0;
    };

    template <class Search>
    FoundEvents at_one_moment(Search search);
    void learn();
    std::uint64_t count_entries();
    std::optional<JournalEntry> entry(std::int64_t number);
    bool find_in_open(std::uint64_t digest, std::size_t limit, FoundEvents& found);
    bool find_in_sealed(const Sealed& segment, std::uint64_t digest, std::size_t limit, FoundEvents& found);
    bool add(const JournalEntry& entry, std::size_t limit, FoundEvents& found);
    FoundEvent event_of(const JournalEntry& entry);
    std::vector<FoundOutcome> outcomes_of(RecordId record);
    const std::vector<JournalOutcome>& outcomes_of_block(std::int64_t block);

    static const std::filesystem::path& existing_file(const std::filesystem::path& file) {
        if (std::error_code failed; !std::filesystem::exists(file, failed))
            throw std::runtime_error("there is no " + file.string());
        return file;
    }

    Connection connection_;
    KindTable kinds_;
    KeyedHash hash_;
    Statement entries_from_;
    Statement entries_before_;
    Statement keys_;
    Statement outcomes_;
    Statement is_pending_;
    std::vector<Sealed> sealed_;   // the oldest first
    std::int64_t first_ = 0;       // entry of the journal
    std::int64_t first_open_ = 0;  // entry that no sealed segment has
    std::map<std::int64_t, std::vector<JournalOutcome>> blocks_;
};

// Everything is read in one transaction, so that no entry is without the outcome that was committed with it.
template <class Search>
FoundEvents JournalFile::Parts::at_one_moment(Search search) {
    return naming(file, [&] {
        connection_.run("BEGIN");
        FoundEvents found;
        try {
            learn();
            if (const auto oldest = entry(first_)) found.since = oldest->time;
            found.entries = count_entries();
            search(found);
        } catch (...) {
            connection_.run("ROLLBACK");
            throw;
        }
        connection_.run("COMMIT");
        return found;
    });
}

void JournalFile::Parts::learn() {
    blocks_.clear();
    sealed_.clear();
    kinds_.load();
    Statement segments(connection_, "SELECT number, first, last FROM journal_segment ORDER BY number");
    for (Rows rows = segments.query(); rows.next();)
        sealed_.push_back({rows.number(0), rows.number(1), rows.number(2)});
    first_open_ = sealed_.empty() ? connection_.number("SELECT min(number) FROM journal") : sealed_.back().last + 1;
    first_ = sealed_.empty() ? first_open_ : sealed_.front().first;
}

std::uint64_t JournalFile::Parts::count_entries() {
    Rows newest = entries_before_.query(std::numeric_limits<std::int64_t>::max());
    if (!newest.next() || newest.number(0) < first_) return 0;
    return static_cast<std::uint64_t>(newest.number(0) - first_) + entries_in(newest.bytes(1));
}

std::optional<JournalEntry> JournalFile::Parts::entry(std::int64_t number) {
    Rows rows = entries_before_.query(number);
    if (!rows.next()) return std::nullopt;
    const auto place = static_cast<std::size_t>(number - rows.number(0));
    if (place >= entries_in(rows.bytes(1))) return std::nullopt;
    return entry_at(rows.bytes(1), place);
}

FoundEvents JournalFile::Parts::with_id(char kind, std::string_view id, std::size_t limit) {
    return at_one_moment([&](FoundEvents& found) {
        const std::uint64_t digest = hash_.digest_of(kind, id);
        if (!find_in_open(digest, limit, found)) return;
        for (auto segment = sealed_.rbegin(); segment != sealed_.rend(); ++segment)
            if (!find_in_sealed(*segment, digest, limit, found)) return;
    });
}

bool JournalFile::Parts::find_in_open(std::uint64_t digest, std::size_t limit, FoundEvents& found) {
    std::vector<JournalEntry> matches;
    for (Rows rows = entries_from_.query(first_open_); rows.next();) {
        const std::string_view entries = rows.bytes(1);
        for (std::size_t i = 0; i < entries_in(entries); ++i)
            if (const JournalEntry each = entry_at(entries, i); each.is_about(digest)) matches.push_back(each);
    }
    return std::all_of(matches.rbegin(), matches.rend(), [&](const auto& each) { return add(each, limit, found); });
}

bool JournalFile::Parts::find_in_sealed(const Sealed& segment, std::uint64_t digest, std::size_t limit,
                                        FoundEvents& found) {
    std::vector<std::uint32_t> places;
    {
        Rows rows = keys_.query((segment.number << bucket_bits) + static_cast<std::int64_t>(bucket_of(digest)));
        if (rows.next()) places = places_of(digest, rows.bytes(0));
    }
    return std::all_of(places.rbegin(), places.rend(), [&](std::uint32_t place) {
        const auto each = entry(segment.first + place);
        return !each || !each->is_about(digest) || add(*each, limit, found);
    });
}

// Whether there may be more.
bool JournalFile::Parts::add(const JournalEntry& entry, std::size_t limit, FoundEvents& found) {
    found.more = found.events.size() >= limit;
    if (!found.more) found.events.push_back(event_of(entry));
    return !found.more;
}

FoundEvents JournalFile::Parts::last(std::size_t limit) {
    return at_one_moment([&](FoundEvents& found) {
        std::vector<JournalEntry> newest;
        for (Rows rows = entries_before_.query(std::numeric_limits<std::int64_t>::max());
             newest.size() <= limit && rows.next() && rows.number(0) >= first_;)
            for (std::size_t i = entries_in(rows.bytes(1)); i-- > 0;) newest.push_back(entry_at(rows.bytes(1), i));
        for (const JournalEntry& each : newest)
            if (!add(each, limit, found)) return;
    });
}

FoundEvent JournalFile::Parts::event_of(const JournalEntry& entry) {
    FoundEvent event;
    event.time = entry.time;
    event.record = entry.record;
    if (const JournalKind* kind = kinds_.find(entry.kind)) {
        event.what = kind->what;
        event.account = kind->account;
        event.source_name = kind->source_name;
        event.event_label = kind->event_label;
        event.reason = kind->reason;
    }
    if (event.record == 0) return event;
    event.outcomes = outcomes_of(event.record);
    event.pending = is_pending_.query(event.record).next();
    return event;
}

std::vector<FoundOutcome> JournalFile::Parts::outcomes_of(RecordId record) {
    std::vector<FoundOutcome> outcomes;
    for (const JournalOutcome& each : outcomes_of_block(block_of(record))) {
        if (each.record != record) continue;
        const JournalKind* kind = kinds_.find(each.kind);
        outcomes.push_back({each.time, kind == nullptr ? Happened::Unknown : kind->what,
                            kind == nullptr ? std::string() : kind->reason});
    }
    return outcomes;
}

const std::vector<JournalOutcome>& JournalFile::Parts::outcomes_of_block(std::int64_t block) {
    const auto [known, is_new] = blocks_.try_emplace(block);
    if (!is_new) return known->second;
    for (Rows rows = outcomes_.query(first_row_of(block), last_row_of(block)); rows.next();)
        read_outcomes(block, rows.bytes(0), known->second);
    return known->second;
}

JournalFile::JournalFile(const std::filesystem::path& directory)
    : parts_(naming(directory / "spool.sqlite", [&] { return std::make_unique<Parts>(directory / "spool.sqlite"); })) {}

JournalFile::~JournalFile() = default;

FoundEvents JournalFile::with_event_id(std::string_view event_id, std::size_t limit) {
    return parts_->with_id(event_digest, event_id, limit);
}

FoundEvents JournalFile::of_order(std::string_view order_id, std::size_t limit) {
    return parts_->with_id(order_digest, order_id, limit);
}

FoundEvents JournalFile::find(const JournalQuestion& question) {
    switch (question.by) {
        case JournalQuestion::By::EventId: return with_event_id(question.id, question.limit);
        case JournalQuestion::By::Order: return of_order(question.id, question.limit);
        case JournalQuestion::By::Last: break;
    }
    return last(question.limit);
}

FoundEvents JournalFile::last(std::size_t limit) { return parts_->last(limit); }

}  // namespace pinrelay::spool
