#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/model/record.hpp"

namespace pinrelay::spool {

struct DeadLetter {
    std::int64_t number = 0;  // in the order of deaths; never given twice
    model::StoredRecord stored;
    std::string reason;
    std::string message;
    Time died{};
};

// Which dead letters. What is absent bounds nothing.
struct Selection {
    std::optional<std::string> destination;
    std::optional<std::string> reason;
    std::optional<std::string> event_name;  // as it came, or as it was sent
    std::optional<Time> died_since;         // at or after
    std::optional<Time> died_before;
    std::vector<std::int64_t> numbers;  // empty: whatever the number
};

enum class Order { OldestFirst, NewestFirst };  // of the deaths

// The dead letters that are there, of one destination and reason.
struct DeadLetterCount {
    std::string destination;
    std::string reason;
    std::uint64_t count = 0;
    Time oldest{};  // death
    Time newest{};
    friend bool operator==(const DeadLetterCount&, const DeadLetterCount&) = default;
};

}  // namespace pinrelay::spool
