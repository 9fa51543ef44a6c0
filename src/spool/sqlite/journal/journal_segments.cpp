#include "journal_segments.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "outcome_number.hpp"
#include "spool/journal/journal_bytes.hpp"

namespace pinrelay::spool {
namespace {

// A segment is sealed in some milliseconds, and at ten million entries an id is looked for in some 150.
constexpr std::uint64_t largest_segment = 65'536;
constexpr std::uint64_t smallest_segment = 256;
constexpr std::uint64_t segments_of_a_journal = 16;  // of a small one
constexpr std::uint64_t fewest_entries = 2 * smallest_segment;

// An open segment that is older is sealed: whole segments are removed when they are too old.
constexpr std::chrono::hours longest_open{24};

// Of entries and records, by one commit: about two milliseconds. Each commit adds less.
constexpr std::int64_t removed_at_once = 2000;

std::uint64_t unsigned_number(const Rows& rows, int column) { return static_cast<std::uint64_t>(rows.number(column)); }

}  // namespace

JournalSegments::JournalSegments(Connection& connection, KindTable& kinds, const JournalOptions& options)
    : connection_(connection),
      kinds_(kinds),
      keep_(options.keep),
      most_entries_(std::max(options.max_bytes / bytes_of_journal_entry, fewest_entries)),
      segment_entries_(std::clamp(most_entries_ / segments_of_a_journal, smallest_segment, largest_segment)),
      read_entries_(connection, "SELECT number, entries FROM journal WHERE number >= ? ORDER BY number"),
      add_segment_(connection,
                   "INSERT INTO journal_segment (number, first, last, since, until, dropped, record) "
                   "VALUES (?, ?, ?, ?, ?, ?, ?)"),
      add_keys_(connection, "INSERT INTO journal_keys (number, keys) VALUES (?, ?)"),
      remove_segment_(connection, "DELETE FROM journal_segment WHERE number = ?"),
      remove_keys_(connection, "DELETE FROM journal_keys WHERE number < ?"),
      remove_entries_(connection, "DELETE FROM journal WHERE number < ?"),
      remove_outcomes_(connection, "DELETE FROM journal_outcome WHERE number < ?") {
    learn_segments();
    learn_open_entries();
    learn_removed();
}

void JournalSegments::learn_segments() {
    Statement read(connection_,
                   "SELECT number, first, last, since, until, dropped, record FROM journal_segment ORDER BY number");
    for (Rows rows = read.query(); rows.next();) {
        segments_.push_back({rows.number(0), rows.number(1), rows.number(2), rows.time(3), rows.time(4),
                             unsigned_number(rows, 5), rows.number(6)});
        dropped_ += segments_.back().dropped;
    }
    if (segments_.empty()) return;
    next_segment_ = segments_.back().number + 1;
    next_entry_ = segments_.back().last + 1;
}

void JournalSegments::learn_open_entries() {
    if (segments_.empty())
        next_entry_ = std::max<std::int64_t>(connection_.number("SELECT min(number) FROM journal"), 1);
    open_.first = next_entry_;
    for (Rows rows = read_entries_.query(open_.first); rows.next();) {
        const std::string_view entries = rows.bytes(1);
        Added added;
        added.entries = entries_in(entries);
        if (added.entries == 0) continue;
        next_entry_ = rows.number(0);
        added.first = entry_at(entries, 0).time;
        for (std::size_t i = 0; i < added.entries; ++i) {
            const JournalEntry entry = entry_at(entries, i);
            const JournalKind* kind = kinds_.find(entry.kind);
            added.dropped += kind != nullptr && kind->what == Happened::Dropped ? 1 : 0;
            added.record = std::max(added.record, entry.record);
            added.last = entry.time;
        }
        add(added);
    }
}

void JournalSegments::learn_removed() {
    removed_to_ = std::max<std::int64_t>(connection_.number("SELECT min(number) FROM journal"), 1);
    removed_to_ = std::min(removed_to_, first_entry());
    removed_blocks_to_ = block_of_row(connection_.number("SELECT coalesce(min(number), 0) FROM journal_outcome"));
    removable_blocks_to_ = removed_blocks_to_;
}

void JournalSegments::add(const Added& added) {
    if (open_entries() == 0) open_.since = added.first;
    next_entry_ += static_cast<std::int64_t>(added.entries);
    open_.until = added.last;
    open_.dropped += added.dropped;
    open_.record = std::max(open_.record, added.record);
    dropped_ += added.dropped;
}

std::uint64_t JournalSegments::open_entries() const noexcept {
    return static_cast<std::uint64_t>(next_entry_ - open_.first);
}

std::int64_t JournalSegments::first_entry() const noexcept {
    return segments_.empty() ? open_.first : segments_.front().first;
}

std::uint64_t JournalSegments::entries() const noexcept {
    return static_cast<std::uint64_t>(next_entry_ - first_entry());
}

// Half is for events that were taken, so that a flood of dropped ones does not make the journal forget these.
bool JournalSegments::has_room_for_dropped(std::uint64_t more) const noexcept {
    return dropped_ + more < most_entries_ / 2;
}

JournalSize JournalSegments::size() const {
    JournalSize size{entries(), entries() * bytes_of_journal_entry, 0, removed_early_, std::nullopt};
    if (size.entries > 0) size.since = segments_.empty() ? open_.since : segments_.front().since;
    return size;
}

bool JournalSegments::is_too_old(const Segment& segment, Time confirmed) const {
    return segment.until < confirmed - keep_;
}

bool JournalSegments::is_time_to_seal(Time confirmed) const {
    if (open_entries() == 0) return false;
    return open_entries() >= segment_entries_ || confirmed - open_.since >= longest_open;
}

bool JournalSegments::has_rows_to_remove() const noexcept {
    return removed_to_ < first_entry() || removed_blocks_to_ < removable_blocks_to_;
}

bool JournalSegments::has_work(Time confirmed) const {
    return has_rows_to_remove() || is_time_to_seal(confirmed) ||
           (!segments_.empty() && is_too_old(segments_.front(), confirmed));
}

void JournalSegments::keep_bounds(Time confirmed) {
    if (is_time_to_seal(confirmed)) seal();
    while (!segments_.empty() && (is_too_old(segments_.front(), confirmed) || entries() > most_entries_)) {
        if (!is_too_old(segments_.front(), confirmed))
            removed_early_ += static_cast<std::uint64_t>(segments_.front().last - segments_.front().first + 1);
        remove_oldest();
    }
    if (has_rows_to_remove()) remove_rows();
}

void JournalSegments::seal() {
    std::array<std::string, buckets> keys;
    for (Rows rows = read_entries_.query(open_.first); rows.next();) {
        const std::string_view entries = rows.bytes(1);
        auto place = static_cast<std::uint32_t>(rows.number(0) - open_.first);
        for (std::size_t i = 0; i < entries_in(entries); ++i, ++place) {
            const JournalEntry entry = entry_at(entries, i);
            for (const std::uint64_t digest : {entry.event, entry.order})
                if (digest != 0) add_key(digest, place, keys[bucket_of(digest)]);
        }
    }
    const std::int64_t first_row = next_segment_ << bucket_bits;
    for (std::size_t i = 0; i < buckets; ++i)
        if (!keys[i].empty()) add_keys_.run(first_row + static_cast<std::int64_t>(i), Bytes{keys[i]});
    open_.number = next_segment_++;
    open_.last = next_entry_ - 1;
    add_segment_.run(open_.number, open_.first, open_.last, open_.since, open_.until,
                     static_cast<std::int64_t>(open_.dropped), open_.record);
    segments_.push_back(std::exchange(open_, {}));
    open_.first = next_entry_;
}

void JournalSegments::remove_oldest() {
    const Segment oldest = segments_.front();
    segments_.pop_front();
    remove_segment_.run(oldest.number);
    remove_keys_.run((oldest.number + 1) << bucket_bits);
    dropped_ -= std::min(dropped_, oldest.dropped);
    removable_blocks_to_ = std::max(removable_blocks_to_, block_of(oldest.record));
}

// Rows of entries and blocks of outcomes that no segment has any more.
void JournalSegments::remove_rows() {
    if (removed_to_ < first_entry()) {
        removed_to_ = std::min(first_entry(), removed_to_ + removed_at_once);
        remove_entries_.run(removed_to_);
    }
    if (removed_blocks_to_ < removable_blocks_to_) {
        ++removed_blocks_to_;
        remove_outcomes_.run(first_row_of(removed_blocks_to_));
    }
    if (!has_rows_to_remove()) kinds_.forget_before(segments_.empty() ? next_segment_ : segments_.front().number);
}

}  // namespace pinrelay::spool
