#pragma once

#include <chrono>
#include <string_view>
#include <variant>

#include "destinations/pinterest/notes.hpp"
#include "pinrelay/destination/destination.hpp"
#include "pinrelay/destinations/pinterest/settings.hpp"

namespace pinrelay::destinations::pinterest {

// When the event happened, in whole seconds rounded down; the time of arrival where the sender's is absent, in the
// future or absurd. Pinterest counts web events that arrive an hour late as offline, and none after seven days;
// an event that will be that old within arrival_margin is dropped.
std::variant<std::chrono::sys_seconds, destination::Drop> event_time(const model::Event& event, Time received,
                                                                     std::string_view action_source, LatePolicy policy,
                                                                     Notes& notes);

}  // namespace pinrelay::destinations::pinterest
