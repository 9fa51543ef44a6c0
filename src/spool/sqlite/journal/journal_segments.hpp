#pragma once

#include <cstdint>
#include <deque>
#include <optional>

#include "kind_table.hpp"
#include "pinrelay/spool/journal.hpp"
#include "pinrelay/spool/spool.hpp"
#include "spool/sqlite/connection/sqlite_connection.hpp"

namespace pinrelay::spool {

// The parts of the journal. The newest entries are an open segment, which is read through when an id is looked for.
// When it is full, or a day old, it is sealed: it gets keys. The oldest segment is removed as a whole when it is too
// old or the journal too large; its rows then go some at a time. Inside of the caller's transaction.
class JournalSegments {
public:
    // Learns what the file has.
    JournalSegments(Connection& connection, KindTable& kinds, const JournalOptions& options);

    std::int64_t next_entry() const noexcept { return next_entry_; }
    std::int64_t open_segment() const noexcept { return next_segment_; }
    bool has_room_for_dropped(std::uint64_t more) const noexcept;

    struct Added {
        std::uint64_t entries = 0;
        std::uint64_t dropped = 0;  // of them
        Time first{};
        Time last{};
        RecordId record = 0;  // the highest
    };
    void add(const Added& added);

    void keep_bounds(Time confirmed);
    bool has_work(Time confirmed) const;
    bool has_rows_to_remove() const noexcept;

    JournalSize size() const;

private:
    struct Segment {
        std::int64_t number = 0;
        std::int64_t first = 0;
        std::int64_t last = 0;
        Time since{};
        Time until{};
        std::uint64_t dropped = 0;
        RecordId record = 0;
    };

    void learn_segments();
    void learn_open_entries();
    void learn_removed();
    std::uint64_t open_entries() const noexcept;
    std::uint64_t entries() const noexcept;
    std::int64_t first_entry() const noexcept;
    bool is_time_to_seal(Time confirmed) const;
    void seal();
    bool is_too_old(const Segment& segment, Time confirmed) const;
    void remove_oldest();
    void remove_rows();

    Connection& connection_;
    KindTable& kinds_;
    const Time::duration keep_;
    const std::uint64_t most_entries_;
    const std::uint64_t segment_entries_;
    Statement read_entries_;
    Statement add_segment_;
    Statement add_keys_;
    Statement remove_segment_;
    Statement remove_keys_;
    Statement remove_entries_;
    Statement remove_outcomes_;
    std::deque<Segment> segments_;  // sealed
    Segment open_;                  // `last` is not used
    std::uint64_t dropped_ = 0;     // entries, of all segments
    std::int64_t next_entry_ = 1;
    std::int64_t next_segment_ = 1;
    std::int64_t removed_to_ = 1;         // the first entry that is not removed yet
    std::int64_t removed_blocks_to_ = 0;  // of outcomes
    std::int64_t removable_blocks_to_ = 0;
    std::uint64_t removed_early_ = 0;  // entries, for the bytes, since the opening
};

}  // namespace pinrelay::spool
