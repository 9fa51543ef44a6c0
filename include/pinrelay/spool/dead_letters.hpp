#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/model/record.hpp"

namespace pinrelay::spool {

// A record that is not sent any more. It stays in the store until a person replays or deletes it.
struct DeadLetter {
    std::int64_t number = 0;  // ascending in the order of `died`; no number is used twice
    model::StoredRecord stored;
    std::string reason;   // a label from dead_letter_reasons.hpp
    std::string message;  // the destination's own words, without personal data; may be empty
    Time died{};          // when it became a dead letter
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
