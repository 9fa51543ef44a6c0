#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "event_key.hpp"
#include "pinrelay/spool/duplicates.hpp"

namespace pinrelay::spool {

// What the guard knows of a record that comes in.
enum class DuplicateCheck {
    FirstSeen,  // no event with its key is remembered
    Duplicate,  // one is, and both are about the same, or one of them is not known to be about something else
    ReusedId,   // one is, and it is another event with the same id; its subject stays remembered
};

// Whether two events that share an id are about the same subject: see Arrival::subject.
constexpr bool are_about_the_same(std::uint64_t one, std::uint64_t other) noexcept {
    return one == 0 || other == 0 || one == other;
}

inline constexpr int steps_of_window = 8;

// Remembers the events that were appended, for deduplication. It has no clock and no disk of its own. Only the writer's
// thread uses it.
//
// Time is divided into steps of an eighth of the window. A key is remembered in its own step and in the next eight: for
// the whole window at least, and an eighth longer at most. Each step has a table of its own, which is dropped as a
// whole, so that forgetting costs nothing per key. A table with an eighth of `max_keys` is full, and a new one begins.
// Beyond `max_keys` the oldest table is dropped early. A clock that is set back makes the step longer.
//
// Changes belong to a transaction, which ends with `keep` or `undo`. A transaction that changed something and was kept
// has a number, one above the last. `restore` with the same changes in the same order makes the same memory. Changes
// with a number below `oldest_number` are not needed any more.
class DuplicateGuard {
public:
    struct Change {
        enum class Kind : std::uint8_t { Remembered = 1, Identified = 2, Forgotten = 3 };
        Kind kind = Kind::Remembered;
        EventKey key;
        std::uint64_t subject = 0;  // of Forgotten: 0
        friend bool operator==(const Change&, const Change&) = default;
    };
    using Changes = std::vector<Change>;

    DuplicateGuard(const DuplicateOptions& options, std::uint64_t seed);

    // Before the first change of a transaction; not undone.
    void advance(Time now);

    DuplicateCheck check_and_remember(EventKey key, std::uint64_t subject);
    std::optional<std::uint64_t> subject_of(EventKey key) const;  // nothing: no event with the key is remembered
    void forget(EventKey key);

    void keep();
    void undo();

    Time now() const noexcept { return now_; }
    const Changes& changes() const noexcept { return changes_; }  // since the last end of a transaction
    std::int64_t last_number() const noexcept { return last_number_; }
    std::int64_t oldest_number() const noexcept;
    std::size_t size() const noexcept;

    void restore(std::int64_t number, Time now, const Changes& changes);
    void clear();

private:
    // The subject that each key was seen with. One block of memory without pointers, 25 bytes a slot.
    using Subjects = boost::unordered_flat_map<EventKey, std::uint64_t, EventKeyHash>;
    struct Generation {
        std::int64_t step;
        std::int64_t first_number;  // of changes
        Subjects keys;
    };
    struct Undo {
        std::size_t generation;
        EventKey key;
        std::optional<std::uint64_t> subject;  // that it had there
    };

    std::optional<std::size_t> generation_of(EventKey key) const;
    void apply(const Change& change);
    void set(std::size_t generation, EventKey key, std::optional<std::uint64_t> subject);
    void write(std::size_t generation, EventKey key, std::optional<std::uint64_t> subject);
    void end_transaction() noexcept;

    const Time::duration step_length_;
    const std::size_t max_keys_;
    const std::uint64_t seed_;

    Time now_{};
    Time step_began_{};
    std::int64_t step_ = 0;
    std::deque<Generation> generations_;  // the oldest first
    std::int64_t last_number_ = 0;
    Changes changes_;
    std::vector<Undo> undo_;
};

}  // namespace pinrelay::spool
