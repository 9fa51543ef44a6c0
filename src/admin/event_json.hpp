#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "pinrelay/core/json_writer.hpp"
#include "pinrelay/watch/live_events.hpp"

namespace pinrelay::admin {

// An event as GET /events and its stream describe it, with braces. Absent texts are left out.
void write_event(JsonWriter& json, const watch::Kept& event);

// What became of an event; `seq` is that event's number, where it is known.
void write_outcome(JsonWriter& json, const watch::Kept& outcome, std::optional<std::uint64_t> seq);

// Two entries about the same stored event have the same key; nothing for events that were not stored.
std::optional<std::uint64_t> key_of(const watch::Kept& entry);

}  // namespace pinrelay::admin
