#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pinrelay/core/clock.hpp"

namespace pinrelay::admin {

// How one account stands, for operators. No text holds personal data or a secret.
struct AccountState {
    std::string name;                 // "pinterest:549755885175"
    std::string delivery;             // "working", "failing" or "paused"
    std::string reason;               // of a failing or paused account
    std::string last_answer;          // its status, or how far the last request came; "" before it
    std::optional<Time> since;        // of a failing or paused account
    std::optional<Time> next_try;     // likewise: not before
    std::optional<Time> answered;     // when the last answer came
    std::uint64_t attempts = 0;       // failed since then
    std::uint64_t pending = 0;        // events
    std::uint64_t waiting_alone = 0;  // those of them that the destination fails at
};

// Events. `accepted` includes those that were dropped afterwards.
struct EventCounts {
    std::uint64_t accepted = 0;
    std::uint64_t delivered = 0;
    std::uint64_t dropped = 0;
    friend bool operator==(const EventCounts&, const EventCounts&) = default;
};

struct AccountStatus {
    AccountState state;
    EventCounts total;  // since the store was made; drops but for duplicates since the start of the process
    EventCounts per_minute;
    std::uint64_t dead_lettered = 0;     // since the store was made
    std::uint64_t duplicates = 0;        // likewise
    std::optional<Time> oldest_event{};  // of those that are pending: when it happened
};

// Events that were dropped in the last hour.
struct DropCount {
    std::string account;  // "none" where no account takes them
    std::string reason;   // a metric label
    std::uint64_t count = 0;
    std::string advice;  // what to do; "" where the reason explains itself
};

// Requests that were refused as a whole in the last hour.
struct RefusalCount {
    std::string code;
    std::uint64_t count = 0;
    std::string advice;
};

struct StatusReport {
    std::string version;
    Time started{};
    Time now{};
    std::vector<AccountStatus> accounts;  // of the configuration in force, in its order
    std::vector<DropCount> reasons;       // the most frequent first
    std::vector<RefusalCount> refusals;   // likewise
};

}  // namespace pinrelay::admin
