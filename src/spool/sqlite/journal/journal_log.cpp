#include "journal_log.hpp"

#include <algorithm>
#include <map>

#include "outcome_number.hpp"
#include "spool/journal/id_digests.hpp"
#include "spool/sqlite/guard/secret.hpp"

namespace pinrelay::spool {
namespace {

// Blocks whose next row is known. Settlements are about few at a time.
constexpr std::size_t most_numbers = 1000;

constexpr const char* remove_all =
    "DELETE FROM journal; DELETE FROM journal_outcome; DELETE FROM journal_segment; DELETE FROM journal_keys;"
    "DELETE FROM journal_kind;";

}  // namespace

JournalLog::JournalLog(Connection& connection)
    : connection_(connection),
      kinds_(connection),
      add_entries_(connection, "INSERT INTO journal (number, entries) VALUES (?, ?)"),
      add_outcomes_(connection, "INSERT INTO journal_outcome (number, outcomes) VALUES (?, ?)"),
      last_outcome_(connection, "SELECT max(number) FROM journal_outcome WHERE number BETWEEN ? AND ?") {}

void JournalLog::open(const JournalOptions& options) {
    if (options.keep.count() == 0) {
        // SQLite would write a page of an empty table, too.
        if (connection_.number("SELECT EXISTS (SELECT 1 FROM journal) OR EXISTS (SELECT 1 FROM journal_segment)") != 0)
            connection_.run(remove_all);
        return;
    }
    kinds_.load();
    hash_.emplace(secret_in(connection_));
    segments_.emplace(connection_, kinds_, options);
}

std::uint64_t JournalLog::digest(char kind, const std::string& id) {
    return id.empty() ? 0 : hash_->digest_of(kind, id);
}

KindNumber JournalLog::number_of(const JournalKindView& kind) {
    return kinds_.number_of(kind, segments_->open_segment());
}

void JournalLog::arrives(const Arrival& arrival, Time now) {
    if (!is_on()) return;
    const Record& record = arrival.record;
    const JournalKindView kind{Happened::Accepted, record.destination, record.source_name, record.event_label, {}};
    entries_.push_back(
        {digest(event_digest, record.event_id), digest(order_digest, arrival.order_id), 0, now, number_of(kind)});
}

void JournalLog::stored(RecordId record) {
    if (is_on()) entries_.back().record = record;
}

void JournalLog::is_duplicate(RecordId of) {
    if (!is_on()) return;
    JournalEntry& entry = entries_.back();
    entry.record = of;
    if (const JournalKind* accepted = kinds_.find(entry.kind)) {
        JournalKindView kind = view_of(*accepted);
        kind.what = Happened::Duplicate;
        entry.kind = number_of(kind);
    }
}

void JournalLog::sent_after_all(const Record& copy, RecordId record, Time now) {
    if (!is_on()) return;
    const JournalKindView kind{Happened::SentAfterAll, copy.destination, copy.source_name, copy.event_label, {}};
    entries_.push_back({digest(event_digest, copy.event_id), 0, record, now, number_of(kind)});
}

std::uint64_t JournalLog::dropped(const std::vector<DroppedAt>& events) {
    if (!is_on()) return 0;
    std::uint64_t left_out = 0;
    for (const auto& [event, time] : events) {
        if (!segments_->has_room_for_dropped(dropped_)) {
            ++left_out;
            continue;
        }
        const JournalKindView kind{Happened::Dropped, event.account, event.event_name, {}, event.reason};
        entries_.push_back(
            {digest(event_digest, event.event_id), digest(order_digest, event.order_id), 0, time, number_of(kind)});
        ++dropped_;
    }
    return left_out;
}

void JournalLog::delivered(RecordId record, std::string_view warnings, Time now) {
    settled(record, {Happened::Delivered, {}, {}, {}, warnings}, now);
}

void JournalLog::died(RecordId record, std::string_view reason, Time now) {
    settled(record, {Happened::DeadLetter, {}, {}, {}, reason}, now);
}

void JournalLog::settled(RecordId record, const JournalKindView& kind, Time now) {
    if (is_on()) outcomes_.push_back({record, now, number_of(kind)});
}

void JournalLog::write(Time confirmed) {
    if (!is_on()) return;
    if (!entries_.empty()) write_entries();
    if (!outcomes_.empty()) write_outcomes();
    segments_->keep_bounds(confirmed);
}

void JournalLog::write_entries() {
    bytes_.clear();
    JournalSegments::Added added{entries_.size(), dropped_, entries_.front().time, entries_.back().time, 0};
    for (const JournalEntry& entry : entries_) {
        add_entry(entry, bytes_);
        added.record = std::max(added.record, entry.record);
    }
    add_entries_.run(segments_->next_entry(), Bytes{bytes_});
    segments_->add(added);
    entries_.clear();
    dropped_ = 0;
}

void JournalLog::write_outcomes() {
    const auto is_of = [block = block_of(outcomes_.front().record)](const JournalOutcome& outcome) {
        return block_of(outcome.record) == block;
    };
    if (std::ranges::all_of(outcomes_, is_of)) {
        write_block(block_of(outcomes_.front().record), outcomes_);
    } else {
        std::map<std::int64_t, std::vector<JournalOutcome>> blocks;
        for (const JournalOutcome& outcome : outcomes_) blocks[block_of(outcome.record)].push_back(outcome);
        for (const auto& [block, outcomes] : blocks) write_block(block, outcomes);
    }
    outcomes_.clear();
}

void JournalLog::write_block(std::int64_t block, const std::vector<JournalOutcome>& outcomes) {
    bytes_ = bytes_of(outcomes);
    add_outcomes_.run(next_number(block), Bytes{bytes_});
}

std::int64_t JournalLog::next_number(std::int64_t block) {
    if (numbers_.size() > most_numbers) numbers_.clear();
    const auto [known, is_new] = numbers_.try_emplace(block, first_row_of(block));
    if (is_new) {
        Rows rows = last_outcome_.query(first_row_of(block), last_row_of(block));
        if (rows.next()) known->second = std::max(known->second, rows.number(0) + 1);
    }
    return known->second++;
}

}  // namespace pinrelay::spool
