#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "journal_segments.hpp"
#include "kind_table.hpp"
#include "pinrelay/spool/journal.hpp"
#include "pinrelay/spool/spool.hpp"
#include "spool/duplicates/keyed_hash.hpp"
#include "spool/journal/dropped_events.hpp"
#include "spool/journal/journal_bytes.hpp"
#include "spool/sqlite/connection/sqlite_connection.hpp"

namespace pinrelay::spool {

// Writes the journal: gathers what one transaction does to events, and adds it as one row of entries and a row of
// outcomes for each block of records. Everything is inside of the caller's transaction; after a failure the object is
// only good for its destruction. Without `open`, or with a journal that is switched off, every call does nothing.
class JournalLog {
public:
    explicit JournalLog(Connection& connection);

    // Learns what the file has, or removes it where the journal is off. Before the first transaction, in one of its
    // own.
    void open(const JournalOptions& options);

    bool is_on() const noexcept { return segments_.has_value(); }

    // An event arrives; the next call reports what becomes of it.
    void arrives(const Arrival& arrival, Time now);
    void stored(RecordId record);
    void is_duplicate(RecordId of);  // 0: nobody knows of which

    void sent_after_all(const Record& copy, RecordId record, Time now);
    void delivered(RecordId record, std::string_view warnings, Time now);
    void died(RecordId record, std::string_view reason, Time now);

    // How many of them had no room: they are half of the journal at most.
    std::uint64_t dropped(const std::vector<DroppedAt>& events);

    // All of it, and some of what is too old or too much is removed. What is old is decided by `confirmed`: see
    // ConfirmedClocks.
    void write(Time confirmed);

    // Whether `write` has something to do though nothing happened.
    bool has_work(Time confirmed) const { return is_on() && segments_->has_work(confirmed); }
    bool has_rows_to_remove() const { return is_on() && segments_->has_rows_to_remove(); }

    JournalSize size() const { return is_on() ? segments_->size() : JournalSize(); }

private:
    std::uint64_t digest(char kind, const std::string& id);
    KindNumber number_of(const JournalKindView& kind);
    void settled(RecordId record, const JournalKindView& kind, Time now);
    void write_entries();
    void write_outcomes();
    void write_block(std::int64_t block, const std::vector<JournalOutcome>& outcomes);
    std::int64_t next_number(std::int64_t block);

    Connection& connection_;
    KindTable kinds_;
    Statement add_entries_;
    Statement add_outcomes_;
    Statement last_outcome_;
    std::optional<KeyedHash> hash_;
    std::optional<JournalSegments> segments_;
    std::vector<JournalEntry> entries_;
    std::vector<JournalOutcome> outcomes_;
    std::string bytes_;
    std::uint64_t dropped_ = 0;                               // of entries_
    std::unordered_map<std::int64_t, std::int64_t> numbers_;  // the next of a block
};

}  // namespace pinrelay::spool
