#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "event_key.hpp"
#include "key_pool.hpp"
#include "keyed_hash.hpp"
#include "packed_known.hpp"
#include "pinrelay/spool/duplicates.hpp"

namespace pinrelay::spool {

inline constexpr int steps_of_window = 8;

// A generation has at most this part of max_keys, so that it is dropped early for no more than that. At the default of
// a million it has 100,000 keys, which fit into a hash table that does not have to double for them.
inline constexpr std::size_t generations_of_most_keys = 10;

// Senders who are trusted alike share a pool.
inline constexpr std::size_t pools = 3;  // anonymous; browsers with a proof; networks, keys and signatures
std::size_t pool_of(model::Trust trust) noexcept;

// How many keys a pool and those above it may have together. A lower pool always has room for a generation, and none
// ever makes a higher one forget.
std::size_t most_keys_from(std::size_t pool, std::size_t max_keys) noexcept;

// Remembers the events that were appended, for deduplication. It has no clock and no disk of its own. Only the writer's
// thread uses it.
//
// Time is divided into steps of an eighth of the window. A key is remembered in its own step and in the next eight: for
// the whole window at least, and an eighth longer at most. The keys of a step in a pool are a generation, in a table of
// its own, which is dropped as a whole, so that forgetting costs nothing per key. A generation with a tenth of
// `max_keys` is full, and another one begins. Beyond `max_keys` a pool drops its oldest one early. Changes take room,
// too: see changes_per_key. A clock that is set back makes the step longer.
//
// Changes belong to a transaction, which ends with `keep` or `undo`. A transaction that changed something and was kept
// has a number, one above the last. `restore` with the same changes in the same order makes the same memory. Changes of
// a pool with a number below its `oldest_number` are not needed any more.
class DuplicateGuard {
public:
    using Changes = KeyPool::Changes;
    using ChangesByPool = std::array<Changes, pools>;

    // Keys that were made with another secret are not known: see adopt.
    explicit DuplicateGuard(const DuplicateOptions& options, const KeyedHash::Secret& secret = {});

    KeyedHash& hash() noexcept { return hash_; }
    void adopt(const KeyedHash::Secret& secret) { hash_ = KeyedHash(secret); }

    // Before the first change of a transaction; not undone.
    void advance(Time now);

    std::optional<Known> find(const EventKey& key) const;

    // Whether an event that was stored with the id of the known one has this print.
    bool repeats(const EventKey& key, const Known& known, std::uint32_t print) const;

    // In the pool of its trust. A key that was known in another pool is not known there any more, and its window begins
    // anew; else it stays in its step.
    void remember(const EventKey& key, const Known& known);
    void remember_new(const EventKey& key, const Known& known);  // the same for a key that is not known, faster
    void forget(const EventKey& key);

    void remember_version(const EventKey& key, const Version<std::uint32_t>& version);
    void forget_version(const EventKey& key, std::uint32_t print);

    void keep();
    void undo();

    Time now() const noexcept { return now_; }
    const Changes& changes(std::size_t pool) const noexcept { return pools_[pool].changes(); }  // of this transaction
    bool has_changed() const noexcept;
    std::int64_t last_number() const noexcept { return last_number_; }
    std::int64_t oldest_number(std::size_t pool) const noexcept;
    std::size_t size(std::size_t pool) const noexcept { return pools_[pool].size(); }
    std::size_t size() const noexcept;

    void restore(std::int64_t number, Time now, const ChangesByPool& changes);
    void clear();  // keeps the secret

private:
    void apply(std::size_t pool, const KeyPool::Change& change);

    KeyedHash hash_;
    const Time::duration step_length_;
    const std::size_t max_keys_;

    Time now_{};
    Time step_began_{};
    std::int64_t step_ = 0;
    std::array<KeyPool, pools> pools_;
    std::int64_t last_number_ = 0;
};

}  // namespace pinrelay::spool
