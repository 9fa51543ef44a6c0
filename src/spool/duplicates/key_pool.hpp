#pragma once

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "event_key.hpp"
#include "packed_known.hpp"

namespace pinrelay::spool {

// Changed and Forgotten do nothing where the key is not known: its generation may be gone. The file keeps the numbers.
enum class KeyChange : std::uint8_t { Remembered = 1, Changed = 2, Forgotten = 3 };

// A pool takes as much room as keys, or as half as many changes: the file lists each change, and an event that is
// changed all the time must not make that list longer than events that come once or twice do.
inline constexpr std::size_t changes_per_key = 2;

// The events of some classes of trust that a DuplicateGuard remembers, by generations: see there. The changes since
// the last `keep` or `undo` are listed, and `apply` with the same changes in the same order makes the same pool.
class KeyPool {
public:
    struct Change {
        KeyChange kind = KeyChange::Remembered;
        EventKey key;
        PackedKnown known;  // of Forgotten: nothing
        friend bool operator==(const Change&, const Change&) = default;
    };
    using Changes = std::vector<Change>;

    // Before the first change of a transaction: drops the generations that began before `first_step`. The next change
    // begins a generation where the last one is of an earlier step or takes the room of `full` keys.
    void advance(std::int64_t step, std::int64_t first_step, std::size_t full);

    const PackedKnown* find(const EventKey& key) const noexcept;  // until the next change

    // `number` is that of the transaction. A key that is changed stays in its generation.
    void apply(const Change& change, std::int64_t number);

    // Drops generations until the others take the room of `most_keys`: the oldest first, and never the last one.
    void keep(std::size_t most_keys);
    void undo();
    void clear();

    const Changes& changes() const noexcept { return changes_; }
    std::size_t size() const noexcept;  // in keys
    std::size_t room() const noexcept;  // that it takes, as a number of keys

    // The first transaction whose changes count; nothing where none do.
    std::optional<std::int64_t> oldest_number() const noexcept;

private:
    // One block of memory without pointers, 49 bytes a slot.
    using Keys = boost::unordered_flat_map<EventKey, PackedKnown, EventKeyHash>;
    struct Generation {
        std::int64_t step;
        std::int64_t first_number;
        Keys keys;
        std::size_t changes = 0;  // that were listed since it began, until the next one did

        std::size_t room() const noexcept { return std::max(keys.size(), changes / changes_per_key); }
    };
    struct Undo {
        std::size_t generation;
        EventKey key;
        std::optional<PackedKnown> before;
    };

    std::optional<std::size_t> generation_of(const EventKey& key) const noexcept;
    void write(std::size_t generation, const EventKey& key, const std::optional<PackedKnown>& known);

    std::int64_t step_ = 0;
    bool begins_one_ = true;
    bool began_one_ = false;              // in this transaction
    std::size_t changes_before_ = 0;      // of the last generation, before this transaction
    std::deque<Generation> generations_;  // the oldest first
    Changes changes_;
    std::vector<Undo> undo_;
};

}  // namespace pinrelay::spool
