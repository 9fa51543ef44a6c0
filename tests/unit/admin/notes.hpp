#pragma once

#include <chrono>
#include <string_view>

#include "pinrelay/watch/live_events.hpp"

namespace pinrelay::admin {

inline constexpr Time noted_at = Time(std::chrono::milliseconds(1'713'571'200'250));

inline watch::Note note(watch::Status status, std::string_view id, std::string_view name = "checkout") {
    watch::Note note;
    note.status = status;
    note.time = noted_at;
    note[watch::Part::Account] = "pinterest:1";
    note[watch::Part::EventId] = id;
    note[watch::Part::Name] = name;
    return note;
}

}  // namespace pinrelay::admin
