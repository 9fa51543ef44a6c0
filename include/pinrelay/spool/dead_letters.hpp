#pragma once

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/model/record.hpp"

namespace pinrelay::spool {

// A record that is not sent any more. It stays in the store until a person replays or deletes it, or until the store
// removes it: see DeadLetterLimits.
struct DeadLetter {
    std::int64_t number = 0;  // ascending in the order of `died`; no number is used twice
    model::StoredRecord stored;
    std::string reason;       // a label from dead_letter_reasons.hpp
    std::string message;      // the destination's own words, without personal data; may be empty
    Time died{};              // when it became a dead letter
    std::uint64_t bytes = 0;  // what it counts against DeadLetterLimits::max_bytes, where it is read from the store
};

// Selects dead letters that fulfil every condition. An absent condition selects all.
struct Selection {
    std::optional<std::string> destination;
    std::optional<std::string> reason;
    std::optional<std::string> event_name;  // as received or as sent
    std::optional<Time> died_since;         // at or after
    std::optional<Time> died_before;
    std::vector<std::int64_t> numbers;  // empty: any number
};

// What bounds the dead letters of all destinations together. Beyond `max_bytes` the store removes some: of the
// destination that has the most bytes; there those whose reason is of least use, the oldest first; then its others, the
// oldest first. A removed dead letter cannot be replayed. It stays in all counts, and counts as removed.
struct DeadLetterLimits {
    static constexpr std::uint64_t no_quota = std::numeric_limits<std::uint64_t>::max();

    std::uint64_t max_bytes = no_quota;  // as DeadLetterSize counts them
    std::chrono::milliseconds keep{0};   // from the death to the removal; 0: no limit
    friend bool operator==(const DeadLetterLimits&, const DeadLetterLimits&) = default;
};

// Why the store removes a dead letter. The label is stored, and is the label of a metric.
namespace removals {
inline constexpr const char* quota = "quota";  // DeadLetterLimits::max_bytes
inline constexpr const char* age = "age";      // DeadLetterLimits::keep
}  // namespace removals

// The dead letters of one destination that are in the store.
struct DeadLetterSize {
    std::uint64_t letters = 0;
    std::uint64_t bytes = 0;  // their texts, and an allowance for what else a row takes; SQLite's pages may hold more
    friend bool operator==(const DeadLetterSize&, const DeadLetterSize&) = default;
};

enum class Order { OldestFirst, NewestFirst };  // by number

// How many dead letters of one destination and reason are in the store.
struct DeadLetterCount {
    std::string destination;
    std::string reason;
    std::uint64_t count = 0;
    Time oldest{};  // the first and the last time at which one of them died
    Time newest{};
    friend bool operator==(const DeadLetterCount&, const DeadLetterCount&) = default;
};

}  // namespace pinrelay::spool
