#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pinrelay/core/clock.hpp"

namespace pinrelay::alarms {

// An account at one moment. The counts are since the store was created.
struct AccountObservation {
    std::string name;
    std::optional<bool> paused{};  // nothing before the destination's first answer
    std::string pause_reason{};    // what to look at, without personal data
    std::optional<Time> oldest_pending{};
    std::uint64_t settled = 0;                            // delivered, or given up
    std::map<std::string, std::uint64_t> dead_letters{};  // by reason
    std::map<std::string, std::uint64_t> arrived{};       // by the event's label, duplicates included
};

// What alarms are about, at one moment.
struct Observation {
    std::vector<AccountObservation> accounts;
    bool store_writable = true;
    bool store_full = false;
    std::optional<Time> certificate_expires{};  // absent without a certificate
};

struct Limits {
    std::chrono::milliseconds late{std::chrono::minutes(15)};            // age of the oldest pending event; 0: never
    std::chrono::milliseconds certificate{std::chrono::hours(14 * 24)};  // before its end; 0: never
};

}  // namespace pinrelay::alarms
